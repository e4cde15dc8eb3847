import { FormSkeleton } from '#components/ui/skeleton'

/** The shape of the rules while they are on their way. */
export default function Loading() {
  return <FormSkeleton label="Loading the rules" fields={2} />
}
