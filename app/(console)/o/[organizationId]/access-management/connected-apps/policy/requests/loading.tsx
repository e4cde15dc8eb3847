import { FormSkeleton, Skeleton } from '#components/ui/skeleton'

/** The shape of the inbox while it is on its way. */
export default function Loading() {
  return (
    <div className="grid flex-1 gap-8 lg:grid-cols-[17rem_minmax(0,1fr)]">
      <div className="flex flex-col gap-2">
        {['first', 'second', 'third', 'fourth'].map((row) => (
          <Skeleton key={row} className="h-14 rounded-control" />
        ))}
      </div>
      <div className="max-lg:hidden">
        <FormSkeleton label="Loading requests" fields={4} />
      </div>
    </div>
  )
}
