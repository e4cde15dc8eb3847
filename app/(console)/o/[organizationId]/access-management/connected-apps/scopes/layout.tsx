import type { ReactNode } from 'react'
import type { Id } from '#lib/base/ids'
import { listApis } from '#lib/domain/connected-apps/list-apis'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { idsIn } from '../../../../../../ids-in.ts'
import { scopesPath } from '../../../paths.ts'

type Props = { params: Promise<{ organizationId: string }>; children: ReactNode }

/** Refuses before the page's shape is sent: with it the answer's status is decided. */
export default async function ScopesLayout({ params, children }: Props) {
  const { organizationId } = await idsIn<{ organizationId: Id<'organization'> }>(params)
  const actor = await requireActor(scopesPath(organizationId))
  await shown(listApis(actor, organizationId))
  return children
}
