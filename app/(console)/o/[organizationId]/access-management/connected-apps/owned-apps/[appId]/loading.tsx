import { FormSkeleton } from '#components/ui/skeleton'

/** The shape of a section while it is on its way; the head of the app stays. */
export default function Loading() {
  return <FormSkeleton label="Loading this section" />
}
