import { Skeleton, TableSkeleton } from '#components/ui/skeleton'

/** The shape of the effect while it is counted. */
export function EffectSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-4 w-56" />
      <Skeleton className="h-3 w-80 max-w-full" />
      <Skeleton className="h-2 w-full" />
      <div className="flex gap-8">
        <Skeleton className="h-14 w-32" />
        <Skeleton className="h-14 w-32" />
        <Skeleton className="h-14 w-32 max-sm:hidden" />
      </div>
      <TableSkeleton label="Counting what this would do" rows={6} />
    </div>
  )
}
