import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'bad'

/** A state or a quality in one or two words, 20 px high. `outline` for what merely classifies. */
export function Chip({
  tone = 'neutral',
  outline,
  icon,
  large,
  children,
}: {
  tone?: Tone
  outline?: boolean
  icon?: ReactNode
  large?: boolean
  children: ReactNode
}) {
  return (
    <span
      className={classNames(
        'inline-flex shrink-0 items-center gap-1 rounded-full font-medium whitespace-nowrap [&_.lucide]:size-3',
        large ? 'h-6 px-2.5 text-meta' : 'h-5 px-2 text-meta',
        outline ? 'border border-line-2 text-ink-2' : CHIP_TONE[tone],
      )}
    >
      {icon}
      {children}
    </span>
  )
}

const CHIP_TONE = {
  neutral: 'bg-subtle text-ink-2',
  accent: 'bg-accent-bg text-accent-ink',
  ok: 'bg-ok-bg text-ok',
  warn: 'bg-warn-bg text-warn',
  bad: 'bg-bad-bg text-bad',
} as const

/** A state down a column: dot and word. The word is coloured only where it wants attention; `none` is a hollow dot. */
export function StatusDot({ tone, children }: { tone: Tone | 'none'; children: ReactNode }) {
  return (
    <span className={classNames('inline-flex items-center gap-2 whitespace-nowrap', STATUS_WORD[tone])}>
      <span aria-hidden className={classNames('size-[7px] shrink-0 rounded-full', STATUS_DOT[tone])} />
      {children}
    </span>
  )
}

const STATUS_WORD = {
  neutral: '',
  ok: '',
  accent: 'text-accent-ink',
  warn: 'text-warn',
  bad: 'text-bad',
  none: 'text-muted',
} as const
const STATUS_DOT = {
  neutral: 'bg-edge',
  accent: 'bg-accent',
  ok: 'bg-ok-dot',
  warn: 'bg-warn-dot',
  bad: 'bg-bad-dot',
  none: 'border-[1.5px] border-muted',
} as const

/** A number beside a word that asks to be looked at. `solid` in the navigation. */
export function CountBadge({ count, solid }: { count: number; solid?: boolean }) {
  return (
    <span
      data-solid={solid || undefined}
      className={classNames(
        'inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-full px-1.5 text-fine font-semibold',
        solid ? 'bg-accent text-on-accent' : 'bg-accent-bg text-accent-ink',
      )}
    >
      {count > 99 ? '99+' : count}
    </span>
  )
}
