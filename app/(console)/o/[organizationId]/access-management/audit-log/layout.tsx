import { forbidden, notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import type { Id } from '#lib/base/ids'
import { getOrganization } from '#lib/domain/organizations/get-organization'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { idsIn } from '../../../../../ids-in.ts'

type Props = { params: Promise<{ organizationId: string }>; children: ReactNode }

/** Refuses before the page's shape is sent: with it the answer's status is decided. A business group has no log of its own. */
export default async function AuditLogLayout({ params, children }: Props) {
  const { organizationId } = await idsIn<{ organizationId: Id<'organization'> }>(params)
  const actor = await requireActor()
  const organization = await shown(getOrganization(actor, organizationId))
  if (organization.parentId !== null) notFound()
  if (!organization.abilities.includes('audit.view')) forbidden()
  return children
}
