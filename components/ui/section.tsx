import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** A part of a page under its own heading, acts on the right. White space separates it, not a box. */
export function Section({
  title,
  hint,
  acts,
  children,
  className,
}: {
  title: ReactNode
  hint?: ReactNode
  acts?: ReactNode
  children?: ReactNode
  className?: string
}) {
  return (
    <section className={classNames('flex flex-col gap-3', className)}>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div>
          <h2 className="text-section">{title}</h2>
          {hint && <p className="text-ink-2">{hint}</p>}
        </div>
        {acts && <div className="flex gap-2">{acts}</div>}
      </div>
      {children}
    </section>
  )
}

/** Search, filters and the count above a list. */
export function Toolbar({ count, children }: { count?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      {children}
      {count && (
        <p role="status" className="ml-auto text-ink-2">
          {count}
        </p>
      )}
    </div>
  )
}

/** Hairline rows without a box: scopes, people, older secrets. Inset, their ends line up with those of boxed rows. */
export function LineList({
  children,
  label,
  isInset,
}: {
  children: ReactNode
  label?: string
  isInset?: boolean
}) {
  return (
    <ul
      aria-label={label}
      className={classNames(
        'divide-y divide-line [&>li]:flex [&>li]:min-h-8 [&>li]:items-center [&>li]:gap-3 [&>li]:py-1',
        isInset && '[&>li]:px-3',
      )}
    >
      {children}
    </ul>
  )
}
