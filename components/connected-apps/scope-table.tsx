import { RiskBars } from '#components/ui/risk-bars'
import { LineList } from '#components/ui/section'
import { byRisk, type ScopeWords } from './scope-lines.tsx'

/** What an app can do, for administrators: in words first, then the identifier and the risk, the highest first. */
export function ScopeTable({ scopes, label }: { scopes: readonly ScopeWords[]; label: string }) {
  return (
    <LineList label={label}>
      {byRisk(scopes).map((scope) => (
        <li key={scope.name}>
          <span className="min-w-0 flex-1" title={scope.description}>
            {scope.title}
          </span>
          <code className="font-mono text-meta text-ink-2 max-sm:hidden">{scope.name}</code>
          <RiskBars level={scope.risk} />
        </li>
      ))}
    </LineList>
  )
}
