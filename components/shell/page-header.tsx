import type { ReactNode } from 'react'

type PageHeaderProps = {
  /** Where: a Breadcrumb, or the name of the part. */
  where?: ReactNode
  title: ReactNode
  /** Before the title, e.g. a tile of 44 px. */
  lead?: ReactNode
  /** Beside the title: chips of its state. */
  marks?: ReactNode
  /** One line below: id with copy, residence, owner. */
  meta?: ReactNode
  /** At most two acts, one of them primary. */
  acts?: ReactNode
}

/** The head of a page: where, title, acts. Tabs come right below it. */
export function PageHeader({ where, title, lead, marks, meta, acts }: PageHeaderProps) {
  return (
    <header className="flex flex-col">
      {where && <div className="text-meta text-muted">{where}</div>}
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div
          className={
            lead
              ? 'mt-1.5 flex min-w-0 items-center gap-3 max-sm:items-start'
              : 'flex min-w-0 items-center gap-3'
          }
        >
          {lead}
          <div className="min-w-0">
            <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <h1 className="text-title break-words">{title}</h1>
              {marks}
            </div>
            {meta && (
              <div className="flex min-h-6 flex-wrap items-center [overflow-wrap:anywhere] gap-x-2.5 gap-y-1 text-ink-2">
                {meta}
              </div>
            )}
          </div>
        </div>
        {acts && <div className="flex flex-wrap gap-2">{acts}</div>}
      </div>
    </header>
  )
}

/** A hairline between facts on the meta line. */
export function MetaDivider() {
  return <span aria-hidden className="h-3 border-l border-line-2" />
}
