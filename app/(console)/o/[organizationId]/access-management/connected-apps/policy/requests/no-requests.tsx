import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import type { Mode } from '#lib/domain/allowlist/schema'
import { urlWith } from '../../../../../../url-query.ts'

type Props = { state: 'waiting' | 'answered'; path: string; mode: Mode }

/** Nobody waits, or nothing was ever answered: says how requests get here. */
export function NoRequests({ state, path, mode }: Props) {
  if (state === 'answered')
    return (
      <EmptyState title="Nothing answered yet" act={<ButtonLink href={path}>Back to what waits</ButtonLink>}>
        What you approve or decline stands here, with who answered and why.
      </EmptyState>
    )
  return (
    <EmptyState
      title="Nobody is waiting"
      act={<ButtonLink href={urlWith(path, { show: 'answered' })}>Show answered requests</ButtonLink>}
    >
      {mode === 'restricted'
        ? 'When somebody is turned away from an app that is not on the allowlist and asks for it, their request comes here.'
        : mode === 'closed'
          ? 'While Closed is in force, people who are turned away cannot ask for an app.'
          : 'While Unrestricted is in force, people need not ask for an app.'}
    </EmptyState>
  )
}
