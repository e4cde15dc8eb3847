import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeader } from '#components/shell/page-header'
import { Breadcrumb } from '#components/ui/breadcrumb'
import type { Id } from '#lib/base/ids'
import { getBulkRotation } from '#lib/domain/connected-apps/get-bulk-rotation'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { bulkRotationPath, connectedAppsPath, ownedAppsPath } from '../../../../../paths.ts'
import { RotationProgress } from './rotation-progress.tsx'

export const metadata: Metadata = { title: 'Rotation of secrets' }

type Props = { params: Promise<{ organizationId: Id<'organization'>; rotationId: Id<'bulkRotation'> }> }

/** One rotation of many secrets, for whoever began it: how far it is, and the new secrets, once. */
export default async function BulkRotationPage({ params }: Props) {
  const { organizationId, rotationId } = await params
  const actor = await requireActor(bulkRotationPath(organizationId, rotationId))
  const rotation = await shown(getBulkRotation(actor, rotationId))
  if (rotation.organizationId !== organizationId) notFound()
  const path = ownedAppsPath(organizationId)
  return (
    <>
      <PageHeader
        where={
          <Breadcrumb
            label="Where this page is"
            steps={[
              { label: 'Connected Apps', href: connectedAppsPath(organizationId) },
              { label: 'Owned Apps', href: path },
            ]}
          />
        }
        title="Rotation of secrets"
      />
      <RotationProgress initial={rotation} listPath={path} />
    </>
  )
}
