import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type Fact = { label: string; value: ReactNode }

/** Facts as label and value, one or two pairs a line. */
export function Facts({ facts, columns = 1 }: { facts: Fact[]; columns?: 1 | 2 }) {
  return (
    <dl className={classNames('grid gap-x-8 gap-y-1', columns === 2 && 'sm:grid-cols-2')}>
      {facts.map((fact) => (
        <div
          key={fact.label}
          className="grid min-h-5 grid-cols-[6rem_1fr] items-baseline gap-x-2 sm:grid-cols-[minmax(6rem,9.5rem)_1fr]"
        >
          <dt className="text-muted">{fact.label}</dt>
          <dd className="min-w-0 break-words">{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Numbers to weigh, side by side: the effect of an act, or the size of a thing. `boxed` in dialogs. */
export function Figures({
  figures,
  boxed,
}: {
  figures: Array<{ value: ReactNode; label: string; detail?: ReactNode }>
  boxed?: boolean
}) {
  return (
    <dl
      className={classNames(
        'flex max-sm:flex-col',
        boxed
          ? 'divide-line overflow-clip rounded-box border border-line sm:divide-x max-sm:divide-y'
          : 'gap-x-8 gap-y-3',
      )}
    >
      {figures.map((figure) => (
        <div
          key={figure.label}
          className={classNames('flex min-w-0 flex-1 flex-col-reverse', boxed && 'px-3.5 py-3')}
        >
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
