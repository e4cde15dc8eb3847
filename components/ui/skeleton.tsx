import { classNames } from './class-names.ts'

/** A bar in the place of words that are on their way. Give it a width and a height. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={classNames('skeleton block rounded-small', className)} />
}

/** The shape of a table: column head and rows. */
export function TableSkeleton({
  rows = 8,
  label,
}: {
  rows?: number /** Read aloud: “Loading apps”. */
  label: string
}) {
  return (
    <div role="status" aria-label={label} className="rounded-box border border-line bg-surface">
      <div className="flex h-9 items-center px-3">
        <Skeleton className="w-24 h-3" />
      </div>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: shapes have no names
        <div key={row} className="flex h-11 items-center gap-3 border-t border-line px-3">
          <Skeleton className="size-7 rounded-control" />
          <Skeleton className="w-40 h-3" />
          <Skeleton className="ml-auto h-3 w-24 max-sm:hidden" />
          <Skeleton className="w-16 max-sm:hidden h-3" />
        </div>
      ))}
    </div>
  )
}

/** The shape of a form or of facts. */
export function FormSkeleton({ fields = 4, label }: { fields?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="flex max-w-xl flex-col gap-5">
      {Array.from({ length: fields }, (_, field) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: shapes have no names
        <div key={field} className="flex flex-col gap-2">
          <Skeleton className="w-24 h-3" />
          <Skeleton className="h-8 w-full rounded-control" />
        </div>
      ))}
    </div>
  )
}
