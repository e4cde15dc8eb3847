import type { ReactNode } from 'react'
import type { Id } from '#lib/base/ids'
import { listOwnedApps } from '#lib/domain/connected-apps/list-owned-apps'
import { getOrganization } from '#lib/domain/organizations/get-organization'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { connectedAppsPath, ownedAppsPath } from '../../paths.ts'
import { SectionHead } from './section-head.tsx'

type Props = { params: Promise<{ organizationId: Id<'organization'> }>; children: ReactNode }

/**
 * The head of Connected Apps and its tabs, for whoever may see one at least; anybody else is refused here, before
 * anything is sent. What belongs to the root organization (Authorizations, Policy) has its tabs there alone.
 */
export default async function ConnectedAppsLayout({ params, children }: Props) {
  const { organizationId } = await params
  const actor = await requireActor(ownedAppsPath(organizationId))
  const [owned, organization] = await Promise.all([
    shown(listOwnedApps(actor, { organizationId })),
    shown(getOrganization(actor, organizationId)),
  ])
  const may = (permission: (typeof organization.abilities)[number]) =>
    organization.abilities.includes(permission)
  const isRoot = organization.parentId === null
  const base = connectedAppsPath(organizationId)
  const tabs = [
    { label: 'Owned Apps', href: `${base}/owned-apps`, count: owned.total },
    ...(isRoot && may('authorizations.list')
      ? [{ label: 'Authorizations', href: `${base}/authorizations` }]
      : []),
    ...(isRoot && may('allowlist.view') ? [{ label: 'Policy', href: `${base}/policy` }] : []),
  ]
  return (
    <>
      <SectionHead
        tabs={tabs}
        ownedAppsHref={`${base}/owned-apps`}
        createHref={may('connected-apps.create') ? `${base}/owned-apps/new` : undefined}
      />
      {children}
    </>
  )
}
