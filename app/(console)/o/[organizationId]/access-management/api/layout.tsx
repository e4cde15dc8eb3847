import type { ReactNode } from 'react'
import type { Id } from '#lib/base/ids'
import { listOwnedApps } from '#lib/domain/connected-apps/list-owned-apps'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { idsIn } from '../../../../../ids-in.ts'

type Props = { params: Promise<{ organizationId: string }>; children: ReactNode }

/** For whoever has apps to look after here; the document itself is no secret. */
export default async function ApiLayout({ params, children }: Props) {
  const { organizationId } = await idsIn<{ organizationId: Id<'organization'> }>(params)
  await shown(listOwnedApps(await requireActor(), { organizationId }))
  return children
}
