import { StatusDot } from '#components/ui/chip'
import { PERSON_STATE } from '#components/users/people-words'
import type { PersonState as State } from '#lib/domain/people/schema'

/** How an account stands, in a word; coloured only where it wants attention. */
export function PersonState({ state }: { state: State }) {
  return (
    <StatusDot tone={({ active: 'ok', deactivated: 'warn', guest: 'none' } as const)[state]}>
      {PERSON_STATE[state]}
    </StatusDot>
  )
}
