import { classNames } from './class-names.ts'

type MeterProps = {
  /** How much there is, and how much there may be. */
  value: number
  max: number
  /** Beside the bar, and what is read aloud: “3 of 5 apps”. */
  words: string
}

/** How much of a limit is used, as a bar and in words; coloured only when nothing is left. */
export function Meter({ value, max, words }: MeterProps) {
  const isFull = value >= max
  const share = max > 0 ? Math.min(value / max, 1) : 1
  return (
    <span className="inline-flex items-center gap-2">
      <span aria-hidden className="h-1.5 w-14 overflow-hidden rounded-full bg-subtle">
        <span
          className={classNames('block h-full rounded-full', isFull ? 'bg-warn-dot' : 'bg-edge')}
          style={{ width: `${share * 100}%` }}
        />
      </span>
      <span className={classNames('whitespace-nowrap', isFull ? 'text-warn' : 'text-ink-2')}>{words}</span>
    </span>
  )
}
