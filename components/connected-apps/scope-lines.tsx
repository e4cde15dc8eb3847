import { Clock, Eye, Fingerprint, IdCard, KeyRound, Mail, PenLine, ShieldMinus } from 'lucide-react'
import { RiskBars } from '#components/ui/risk-bars'

/** A scope in the words a person is asked in. */
export type ScopeWords = { name: string; title: string; description: string; risk: 'low' | 'medium' | 'high' }

const RISKS = ['high', 'medium', 'low']

/** The highest risk always stands first, to administrators and end users alike. */
export function byRisk(scopes: readonly ScopeWords[]): ScopeWords[] {
  return [...scopes].sort(
    (a, b) => RISKS.indexOf(a.risk) - RISKS.indexOf(b.risk) || a.title.localeCompare(b.title),
  )
}

/** What an app may do, one line each: in words first, with the risk beside it. `brief` leaves icon and description out. */
export function ScopeLines({
  scopes,
  brief,
  boxed,
}: {
  scopes: readonly ScopeWords[]
  brief?: boolean
  boxed?: boolean
}) {
  return (
    <ul
      className={
        boxed
          ? 'divide-y divide-line overflow-clip rounded-box border border-line [&>li]:px-3'
          : 'divide-y divide-line'
      }
    >
      {byRisk(scopes).map((scope) => (
        <li key={scope.name} className={brief ? 'flex gap-3 py-2.5' : 'flex gap-3 py-2'}>
          {!brief && <span className="flex h-5 items-center text-ink-2">{iconOf(scope.name)}</span>}
          <div className="min-w-0 flex-1">
            <p className={brief ? undefined : 'font-medium'}>{scope.title}</p>
            {!brief && <p className="text-meta text-muted">{scope.description}</p>}
          </div>
          <span className="flex h-5 items-center">
            <RiskBars level={scope.risk} />
          </span>
        </li>
      ))}
    </ul>
  )
}

function iconOf(scope: string) {
  const Icon = ICONS[scope] ?? ICONS[scope.slice(scope.lastIndexOf(':') + 1)] ?? KeyRound
  return <Icon aria-hidden />
}

/** By the whole name, or by its last part. */
const ICONS: Record<string, typeof KeyRound> = {
  openid: Fingerprint,
  profile: IdCard,
  email: Mail,
  offline_access: Clock,
  read: Eye,
  write: PenLine,
  remove: ShieldMinus,
}
