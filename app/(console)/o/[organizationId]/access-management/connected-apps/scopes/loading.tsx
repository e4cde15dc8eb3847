import { Skeleton, TableSkeleton } from '#components/ui/skeleton'

/** The shape of the page while it is on its way. */
export default function Loading() {
  return (
    <>
      <Skeleton className="h-8 w-64 rounded-control" />
      <TableSkeleton label="Loading scopes" rows={10} />
    </>
  )
}
