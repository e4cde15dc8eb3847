import { classNames } from './class-names.ts'

type UseBarsProps = {
  /** One number a day, the oldest first. */
  values: number[]
  /** The same in words, for those who do not see it. */
  label: string
  tone?: 'accent' | 'neutral'
  className?: string
}

/** Use over time as small bars; a day without use is a dash. */
export function UseBars({ values, label, tone = 'neutral', className }: UseBarsProps) {
  const most = Math.max(1, ...values)
  const width = values.length * 6 - 2
  const bars = values.map((value, day) =>
    value === 0 ? '' : bar(day * 6, Math.max(3, Math.round((value / most) * 20))),
  )
  const dashes = values.map((value, day) => (value === 0 ? bar(day * 6, 1) : ''))
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} 20`}
      width={width}
      fill="currentColor"
      className={classNames('h-5 shrink-0', tone === 'accent' ? 'text-accent' : 'text-edge', className)}
    >
      <path d={bars.join('')} />
      <path d={dashes.join('')} opacity={0.6} />
    </svg>
  )
}

function bar(x: number, height: number): string {
  return `M${x} ${20 - height}h4v${height}h-4z`
}
