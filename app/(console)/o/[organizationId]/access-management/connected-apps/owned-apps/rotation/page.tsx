import type { Metadata } from 'next'
import { LiveRefresh } from '#components/connected-apps/live-refresh'
import { PageHeader } from '#components/shell/page-header'
import { Breadcrumb } from '#components/ui/breadcrumb'
import type { Id } from '#lib/base/ids'
import { isId } from '#lib/base/ids'
import { previewBulkRotation } from '#lib/domain/connected-apps/preview-bulk-rotation'
import type { BulkRotationInput } from '#lib/domain/connected-apps/schema'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import type { SearchParams } from '../../../../../../url-query.ts'
import { connectedAppsPath, ownedAppsPath, rotateManyPath } from '../../../../paths.ts'
import { OVERLAP } from '../overlaps.ts'
import { RotateManyForm } from './rotate-many-form.tsx'

export const metadata: Metadata = { title: 'Rotate secrets' }

type Props = { params: Promise<{ organizationId: Id<'organization'> }>; searchParams: Promise<SearchParams> }

/** Many secrets at once: which apps, how long the older ones still work, and what that does, before it is done. */
export default async function RotateManyPage({ params, searchParams }: Props) {
  const { organizationId } = await params
  const input = readInput(organizationId, await searchParams)
  const actor = await requireActor(rotateManyPath(organizationId))
  const preview = await shown(previewBulkRotation(actor, input))
  const path = ownedAppsPath(organizationId)
  return (
    <>
      <LiveRefresh />
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
        title="Rotate secrets"
      />
      <RotateManyForm
        path={rotateManyPath(organizationId)}
        listPath={path}
        input={{ ...input, which: input.which, overlapHours: input.overlapHours ?? 24 }}
        preview={preview}
      />
    </>
  )
}

/** What the address says. A value that nothing has is left out rather than refused: addresses are edited by hand. */
function readInput(organizationId: Id<'organization'>, params: SearchParams): BulkRotationInput {
  const appIds = [...new Set([params.app].flat().filter((id) => isId('app', id)))]
  const overlapHours = OVERLAP[String(params.overlap)] ?? 24
  const isChosen = appIds.length > 0 && params.which === 'chosen'
  const which = isChosen ? 'chosen' : params.which === 'all' ? 'all' : 'due'
  return { organizationId, which, appIds, overlapHours }
}
