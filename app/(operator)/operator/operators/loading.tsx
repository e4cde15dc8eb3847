import { PageHeader } from '#components/shell/page-header'
import { TableSkeleton } from '#components/ui/skeleton'

/** The shape of the list while it is on its way. */
export default function Loading() {
  return (
    <>
      <PageHeader where="Deployment" title="Operators" />
      <TableSkeleton label="Loading operators" rows={2} />
    </>
  )
}
