import { FormSkeleton } from '#components/ui/skeleton'
import { EffectSkeleton } from './effect-skeleton.tsx'

/** The shape of the page while it is on its way. */
export default function Loading() {
  return (
    <div className="grid gap-10 lg:grid-cols-[minmax(18rem,21.25rem)_minmax(0,1fr)]">
      <FormSkeleton fields={3} label="Loading the policy" />
      <EffectSkeleton />
    </div>
  )
}
