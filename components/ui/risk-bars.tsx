import { classNames } from './class-names.ts'
import { words } from './words.ts'

export type RiskLevel = 'low' | 'medium' | 'high'

/** Risk as three bars and a word, so that colour is never alone. */
export function RiskBars({
  level,
  label,
}: {
  level: RiskLevel /** The word, translated. */
  label?: string
}) {
  const word = label ?? WORD[level]
  const filled = { low: 1, medium: 2, high: 3 }[level]
  return (
    <span
      className={classNames(
        'inline-flex w-[65px] shrink-0 items-center gap-1.5 text-meta font-medium',
        INK[level],
      )}
    >
      <svg aria-hidden="true" viewBox="0 0 12 12" className="size-3 shrink-0" fill="currentColor">
        {[0, 1, 2].map((bar) => (
          <rect
            key={bar}
            x={bar * 4}
            y={8 - bar * 4}
            width="3"
            height={4 + bar * 4}
            rx="0.75"
            opacity={bar < filled ? 1 : 0.3}
          />
        ))}
      </svg>
      <span className="sr-only">{words.riskIs(word)}</span>
      <span aria-hidden>{word}</span>
    </span>
  )
}

const INK = { low: 'text-muted', medium: 'text-warn', high: 'text-bad' } as const
const WORD = { low: 'Low', medium: 'Medium', high: 'High' } as const
