import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

type NoticeProps = {
  tone?: 'neutral' | 'ok' | 'warn' | 'bad'
  icon?: ReactNode
  /** The act that settles it, and at most one quiet one before it. */
  acts?: ReactNode
  /** Read at once when it appears by itself. */
  isAlert?: boolean
  children: ReactNode
}

/** One line above what it is about, with the act that settles it. */
export function Notice({ tone = 'warn', icon, acts, isAlert, children }: NoticeProps) {
  return (
    <div
      role={isAlert ? 'alert' : undefined}
      className={classNames(
        'flex min-h-10 flex-wrap items-center gap-x-2.5 gap-y-2 rounded-box border py-1 pl-3',
        acts ? 'pr-1 max-sm:pr-3' : 'pr-3',
        TONE[tone],
      )}
    >
      <span className={INK[tone]}>{icon ?? ICON[tone]}</span>
      <p className="min-w-0 flex-1 basis-52 py-1 text-ink-2">{children}</p>
      {acts && <div className="flex flex-wrap items-center gap-1">{acts}</div>}
    </div>
  )
}

const TONE = {
  neutral: 'border-line bg-hover',
  ok: 'border-ok-line bg-ok-wash',
  warn: 'border-warn-line bg-warn-wash',
  bad: 'border-bad-dot/30 bg-bad-bg',
} as const
const INK = { neutral: 'text-ink-2', ok: 'text-ok', warn: 'text-warn', bad: 'text-bad' } as const
const ICON = {
  neutral: <Info aria-hidden />,
  ok: <CircleCheck aria-hidden />,
  warn: <TriangleAlert aria-hidden />,
  bad: <CircleAlert aria-hidden />,
} as const
