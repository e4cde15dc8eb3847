import { RiskBars } from '#components/ui/risk-bars'
import { byRisk, type ScopeWords } from './scope-lines.tsx'

/** What an app can do, for administrators: in words first, then the identifier and the risk, the highest first. */
export function ScopeTable({ scopes, label }: { scopes: readonly ScopeWords[]; label: string }) {
  return (
    <table aria-label={label} className="w-full border-collapse text-left">
      <thead className="sr-only">
        <tr>
          <th scope="col">What it can do</th>
          <th scope="col">Scope</th>
          <th scope="col">Risk</th>
        </tr>
      </thead>
      <tbody>
        {byRisk(scopes).map((scope) => (
          <tr key={scope.name} className="h-8 border-t border-line first:border-t-0">
            <td className="py-1" title={scope.description}>
              {scope.title}
              <code className="block font-mono text-meta break-all text-muted sm:hidden">{scope.name}</code>
            </td>
            <td className="py-1 pl-3 text-right font-mono text-meta whitespace-nowrap text-ink-2 max-sm:hidden">
              {scope.name}
            </td>
            <td className="w-0 py-1 pl-3">
              <span className="flex">
                <RiskBars level={scope.risk} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
