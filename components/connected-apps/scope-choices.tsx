import { Checkbox } from '#components/ui/checkbox'
import { RiskBars } from '#components/ui/risk-bars'
import { byRisk, type ScopeWords } from './scope-lines.tsx'

type Props = {
  scopes: readonly ScopeWords[]
  /** What was chosen before; absent: all of it is. */
  chosen?: readonly string[] | undefined
  isNew?: boolean
}

/** Scopes to choose from, all chosen at first: words, identifier, risk. Plain checkboxes named `scope`. */
export function ScopeChoices({ scopes, chosen, isNew }: Props) {
  return (
    <ul
      className={
        isNew
          ? 'divide-y divide-ok-line overflow-clip rounded-box border border-ok-line bg-ok-wash'
          : 'divide-y divide-line overflow-clip rounded-box border border-line'
      }
    >
      {byRisk(scopes).map((scope) => (
        <li key={scope.name} className="flex items-center gap-3 px-3 py-2">
          <Checkbox
            name="scope"
            value={scope.name}
            defaultChecked={!chosen || chosen.includes(scope.name)}
            label={scope.title}
            hint={scope.description}
            className="min-w-0 flex-1"
          />
          <code className="font-mono text-meta text-ink-2 max-sm:hidden">{scope.name}</code>
          <RiskBars level={scope.risk} />
        </li>
      ))}
    </ul>
  )
}
