import { PageHeader } from '#components/shell/page-header'
import { FormSkeleton } from '#components/ui/skeleton'

/** The shape of the settings while they are on their way. */
export default function Loading() {
  return (
    <>
      <PageHeader where="Access Management" title="Settings" />
      <FormSkeleton label="Loading settings" fields={5} />
    </>
  )
}
