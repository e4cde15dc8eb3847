import { ArrowDown, ArrowUp } from 'lucide-react'
import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** A cell shown only where the table itself has that much room; the drawer beside it takes room too. */
type Room = { from?: 'narrow' | 'medium' | 'wide' | 'widest' }

const FROM = {
  narrow: 'hidden @min-[26rem]:table-cell',
  medium: 'hidden @min-[36rem]:table-cell',
  wide: 'hidden @min-[46rem]:table-cell',
  widest: 'hidden @min-[56rem]:table-cell',
} as const

/** A plain table in one hairline box: no stripes, no inner verticals. `label` names it for those who do not see it. */
export function TableBox({
  label,
  children,
  className,
}: {
  label: string
  children: ReactNode
  className?: string
}) {
  return (
    <div className={classNames('@container rounded-box border border-line bg-surface', className)}>
      <div className="relative overflow-x-auto rounded-box">
        <table aria-label={label} className="w-full border-collapse text-left">
          {children}
        </table>
      </div>
    </div>
  )
}

type ThProps = Room &
  Omit<ComponentProps<'th'>, 'aria-sort'> & {
    /** Right-aligned, as numbers are. */
    numeric?: boolean
    /** Where a press leads: the same list in that order. */
    sortHref?: string
    sorted?: 'ascending' | 'descending'
    /** The name is read aloud only (menus, checkboxes). */
    hiddenLabel?: string
  }

/** A column head. */
export function Th({ numeric, sortHref, sorted, hiddenLabel, from, className, children, ...rest }: ThProps) {
  const arrow =
    sorted === 'ascending' ? (
      <ArrowUp className="size-3" aria-hidden />
    ) : sorted === 'descending' ? (
      <ArrowDown className="size-3" aria-hidden />
    ) : null
  return (
    <th
      scope="col"
      {...rest}
      aria-sort={sorted}
      className={classNames(
        'h-9 px-2 text-meta font-medium whitespace-nowrap text-ink-2 first:pl-3 last:pr-3',
        numeric && 'text-right',
        sorted && 'text-ink',
        from && FROM[from],
        className,
      )}
    >
      {hiddenLabel && <span className="sr-only">{hiddenLabel}</span>}
      {sortHref ? (
        <Link
          href={sortHref}
          scroll={false}
          className="inline-flex items-center gap-1 rounded-small text-inherit no-underline hover:text-ink"
        >
          {children}
          {arrow}
        </Link>
      ) : (
        children
      )}
    </th>
  )
}

type RowProps = ComponentProps<'tr'> & {
  /** Chosen by checkbox. */ selected?: boolean /** Its details are open. */
  current?: boolean /** 56 instead of 44 px. */
  tall?: boolean
}

/** A row. `relative` so that a RowLink may cover it. */
export function Row({ selected, current, tall, className, ...rest }: RowProps) {
  return (
    <tr
      {...rest}
      data-current={current || undefined}
      className={classNames(
        'relative border-t border-line',
        tall ? 'h-14' : 'h-11',
        selected || current ? 'bg-accent-bg' : 'hover:bg-hover',
        className,
      )}
    />
  )
}

/** A cell; nothing in it wraps. */
export function Td({
  numeric,
  muted,
  from,
  wrap,
  className,
  ...rest
}: Room & ComponentProps<'td'> & { numeric?: boolean; muted?: boolean; wrap?: boolean }) {
  return (
    <td
      {...rest}
      className={classNames(
        'px-2 py-1 first:pl-3 last:pr-3',
        !wrap && 'whitespace-nowrap',
        numeric && 'text-right',
        muted && 'text-ink-2',
        from && FROM[from],
        className,
      )}
    />
  )
}

/** The link of a row, covering all of it; what else can be pressed in the row takes `relative z-1`. */
export function RowLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      {...rest}
      className={classNames(
        'font-medium text-ink no-underline after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent-ink',
        className,
      )}
    />
  )
}

/** Two lines in one cell: tile, name with its chips, id below. */
export function NameCell({
  lead,
  name,
  marks,
  detail,
}: {
  lead?: ReactNode
  name: ReactNode
  marks?: ReactNode
  detail?: ReactNode
}) {
  return (
    <div className="flex items-center gap-2.5">
      {lead}
      <div className="min-w-0">
        <div className="flex items-center gap-2 leading-[18px] font-medium">
          {name}
          {marks}
        </div>
        {detail && <div className="text-meta text-muted">{detail}</div>}
      </div>
    </div>
  )
}
