import type { ReactNode } from 'react'

/** In the place of the rows: what would be here, how it gets here, one button. No drawing. */
export function EmptyState({
  title,
  act,
  children,
}: {
  title: ReactNode
  act?: ReactNode
  children?: ReactNode
}) {
  return (
    <div className="flex flex-col items-center gap-1 rounded-box border border-line bg-surface px-6 py-14 text-center">
      <p className="text-section">{title}</p>
      {children && <p className="max-w-md text-muted">{children}</p>}
      {act && <div className="mt-4 flex flex-wrap justify-center gap-2">{act}</div>}
    </div>
  )
}
