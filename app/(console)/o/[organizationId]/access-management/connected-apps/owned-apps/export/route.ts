import type { Id } from '#lib/base/ids'
import { listOwnedApps, type OwnedApps } from '#lib/domain/connected-apps/list-owned-apps'
import { headOfAppsFile, linesOfAppsFile } from '#lib/domain/connected-apps/owned-apps-file'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { ownedAppsPath } from '../../../../paths.ts'
import { listInput, readQuery } from '../list-query.ts'

/**
 * Owned Apps with the search, filters and order of its address as a CSV file. It is sent while it is read, a page at a time, and each
 * page asks anew what the person may see.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ organizationId: string }> },
): Promise<Response> {
  const organizationId = (await params).organizationId as Id<'organization'>
  const { after: _, ...query } = readQuery(Object.fromEntries(new URL(request.url).searchParams))
  const actor = await requireActor(ownedAppsPath(organizationId))
  const input = listInput(organizationId, query)
  let page: OwnedApps = await shown(listOwnedApps(actor, input))
  const encode = (text: string) => new TextEncoder().encode(text)
  const lines = new ReadableStream<Uint8Array>({
    start: (file) => file.enqueue(encode(headOfAppsFile())),
    async pull(file) {
      file.enqueue(encode(linesOfAppsFile(page.apps)))
      if (!page.next) return file.close()
      page = await listOwnedApps(actor, { ...input, cursor: page.next })
    },
  })
  const day = new Date().toISOString().slice(0, 10)
  return new Response(lines, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="owned-apps-${day}.csv"`,
      'Cache-Control': 'no-store',
    },
  })
}
