import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type Fact = {
  label: string
  value: ReactNode
  /** A line of its own where there are two pairs a line. */
  isWide?: boolean
}

/** Facts as label and value, one or two pairs a line. */
export function Facts({ facts, columns = 1 }: { facts: Fact[]; columns?: 1 | 2 }) {
  return (
    <dl className={classNames('grid gap-x-8 gap-y-1', columns === 2 && 'sm:grid-cols-2')}>
      {facts.map((fact) => (
        <div
          key={fact.label}
          className={classNames(
            'grid min-h-5 items-baseline gap-x-2',
            fact.isWide && columns === 2 && 'sm:col-span-2',
            columns === 2
              ? 'grid-cols-[6rem_1fr] sm:grid-cols-[4.75rem_1fr]'
              : 'grid-cols-[6rem_1fr] sm:grid-cols-[9rem_1fr]',
          )}
        >
          <dt className="text-muted">{fact.label}</dt>
          <dd className="min-w-0 break-words">{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}

export type Figure = { label: string; value: ReactNode; detail?: ReactNode }

/** The effect of an act in numbers, side by side in one box: what is lost, what ends, what stays a while. */
export function EffectFigures({ figures }: { figures: Figure[] }) {
  return (
    <dl className="flex overflow-clip rounded-box border border-line divide-line max-sm:flex-col max-sm:divide-y sm:divide-x">
      {figures.map((figure) => (
        <div key={figure.label} className="flex min-w-0 flex-1 flex-col-reverse justify-end px-3.5 py-3">
          <dt>
            <span className="block">{figure.label}</span>
            {figure.detail && <span className="block text-meta text-muted">{figure.detail}</span>}
          </dt>
          <dd className="text-number">{figure.value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The size of a thing in numbers, at the head of its details: label above, number below. */
export function Figures({ figures }: { figures: Figure[] }) {
  return (
    <dl className="flex flex-wrap gap-x-10 gap-y-3">
      {figures.map((figure) => (
        <div key={figure.label}>
          <dt className="text-meta text-muted">{figure.label}</dt>
          <dd className="text-dialog">{figure.value}</dd>
          {figure.detail && <dd className="text-meta text-muted">{figure.detail}</dd>}
        </div>
      ))}
    </dl>
  )
}
