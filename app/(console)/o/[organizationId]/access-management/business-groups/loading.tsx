import { PageHeader } from '#components/shell/page-header'
import { TableSkeleton } from '#components/ui/skeleton'

/** The shape of the tree while it is on its way. */
export default function Loading() {
  return (
    <>
      <PageHeader where="Access Management" title="Business groups" />
      <TableSkeleton label="Loading business groups" rows={6} />
    </>
  )
}
