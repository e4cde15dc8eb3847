import { Skeleton, TableSkeleton } from '#components/ui/skeleton'

/** The shape of the list while it is on its way. */
export default function Loading() {
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Skeleton className="h-8 w-64 rounded-control" />
        <Skeleton className="h-8 w-20 rounded-control" />
        <Skeleton className="h-8 w-32 rounded-control max-sm:hidden" />
      </div>
      <TableSkeleton label="Loading people" rows={10} />
    </>
  )
}
