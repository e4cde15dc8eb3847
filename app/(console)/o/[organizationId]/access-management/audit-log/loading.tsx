import { Skeleton, TableSkeleton } from '#components/ui/skeleton'

/** The shape of the log while it is on its way. */
export default function Loading() {
  return (
    <>
      <div className="flex h-12 items-end">
        <Skeleton className="h-6 w-32" />
      </div>
      <div className="flex flex-wrap gap-2">
        <Skeleton className="h-8 w-56 rounded-control" />
        <Skeleton className="h-8 w-20 rounded-control" />
        <Skeleton className="h-8 w-20 rounded-control max-sm:hidden" />
        <Skeleton className="h-8 w-24 rounded-control max-sm:hidden" />
      </div>
      <TableSkeleton label="Loading events" rows={10} />
    </>
  )
}
