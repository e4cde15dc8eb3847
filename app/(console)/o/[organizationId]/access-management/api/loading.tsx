import { Skeleton, TableSkeleton } from '#components/ui/skeleton'

/** The shape of the page while it is on its way. */
export default function Loading() {
  return (
    <>
      <Skeleton className="h-12 w-40 rounded-control" />
      <Skeleton className="h-24 w-full rounded-box" />
      <TableSkeleton label="Loading operations" rows={10} />
    </>
  )
}
