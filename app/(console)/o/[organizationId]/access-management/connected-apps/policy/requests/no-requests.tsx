import { EmptyState } from '#components/ui/empty-state'
import type { RequestsShown } from '#lib/domain/allowlist/list-requests'
import type { Mode } from '#lib/domain/allowlist/schema'

/** Nothing to look at: says how requests get here. */
export function NoRequests({ state, mode }: { state: RequestsShown; mode: Mode }) {
  if (state === 'answered')
    return (
      <EmptyState title="Nothing answered yet">
        What you approve or decline stands here, with who answered and why.
      </EmptyState>
    )
  if (state === 'expired')
    return (
      <EmptyState title="Nothing has expired">
        A request that nobody answers for 30 days ends here, and whoever asked is told.
      </EmptyState>
    )
  return <EmptyState title="Nobody is waiting">{HOW[mode]}</EmptyState>
}

const HOW: Record<Mode, string> = {
  restricted:
    'When somebody is turned away from an app that is not on the allowlist and asks for it, their request comes here.',
  closed: 'While Closed is in force, people who are turned away cannot ask for an app.',
  unrestricted: 'While Unrestricted is in force, people need not ask for an app.',
}
