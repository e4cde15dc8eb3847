import type { ReactNode } from 'react'

/** A page that can only say one thing: not found, not allowed, went wrong. What happened, why, what next. */
export function Message({
  mark,
  title,
  acts,
  fine,
  children,
}: {
  mark?: ReactNode
  title: string
  acts?: ReactNode /** Small print: a request's id. */
  fine?: ReactNode
  children: ReactNode
}) {
  return (
    <div className="flex max-w-lg flex-col items-start">
      {mark && (
        <div className="mb-4 flex size-9 items-center justify-center rounded-box bg-subtle text-ink-2">
          {mark}
        </div>
      )}
      <h1 className="text-title text-balance">{title}</h1>
      <div className="mt-1 flex flex-col gap-2 text-ink-2">{children}</div>
      {acts && <div className="mt-5 flex flex-wrap gap-2">{acts}</div>}
      {fine && <p className="mt-5 text-meta text-muted">{fine}</p>}
    </div>
  )
}
