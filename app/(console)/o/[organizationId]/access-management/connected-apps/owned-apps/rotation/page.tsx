import type { Metadata } from 'next'
import { PageHeader } from '#components/shell/page-header'
import { Breadcrumb } from '#components/ui/breadcrumb'
import type { Id } from '#lib/base/ids'
import { isId } from '#lib/base/ids'
import { BULK_APPS_MAX } from '#lib/domain/connected-apps/credentials-schema'
import { previewBulkRotation } from '#lib/domain/connected-apps/preview-bulk-rotation'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import type { SearchParams } from '../../../../../../url-query.ts'
import { connectedAppsPath, ownedAppsPath, rotateManyPath } from '../../../../paths.ts'
import { isNarrowed, matchingOf, readQuery } from '../list-query.ts'
import { OVERLAP } from '../overlaps.ts'
import { KeptRotation } from './kept-rotation.tsx'
import { RotateManyForm } from './rotate-many-form.tsx'

export const metadata: Metadata = { title: 'Rotate secrets' }

type Props = { params: Promise<{ organizationId: Id<'organization'> }>; searchParams: Promise<SearchParams> }

/** Many secrets at once: which apps, how long the older ones still work, and what that does, before it is done. */
export default async function RotateManyPage({ params, searchParams }: Props) {
  const { organizationId } = await params
  const asked = readAsked(organizationId, await searchParams)
  const { input } = asked
  const actor = await requireActor(rotateManyPath(organizationId))
  const isKept = input.which === 'chosen' && input.appIds.length === 0
  const preview = isKept ? null : await shown(previewBulkRotation(actor, input))
  const path = ownedAppsPath(organizationId)
  const form = { path: rotateManyPath(organizationId), listPath: path, ...asked }
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
        title="Rotate secrets"
      />
      {preview ? <RotateManyForm {...form} preview={preview} /> : <KeptRotation {...form} />}
    </>
  )
}

/** What the address says. A value that nothing has is left out rather than refused: addresses are edited by hand. */
function readAsked(organizationId: Id<'organization'>, params: SearchParams) {
  const appIds = [...new Set([params.app].flat().filter((id) => isId('app', id)))].slice(0, BULK_APPS_MAX)
  const overlapHours = OVERLAP[String(params.overlap)] ?? (24 as const)
  const { sort: _, after: __, ...narrowed } = readQuery(params)
  const kept = /^\d{1,4}$/.test(String(params.kept)) ? Number(params.kept) : 0
  const chosenCount = appIds.length || kept
  const isMatching = params.which === 'matching' && isNarrowed(narrowed)
  const which =
    params.which === 'chosen' && chosenCount > 0
      ? ('chosen' as const)
      : isMatching
        ? ('matching' as const)
        : params.which === 'all'
          ? ('all' as const)
          : ('due' as const)
  const input = {
    organizationId,
    which,
    appIds,
    overlapHours,
    matching: isMatching ? matchingOf(narrowed) : undefined,
  }
  return { input, chosenCount, narrowed: narrowed as Record<string, string> }
}
