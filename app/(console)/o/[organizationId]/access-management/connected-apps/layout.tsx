import type { ReactNode } from 'react'
import type { TabLink } from '#components/ui/tab-nav'
import type { Id } from '#lib/base/ids'
import { countAuthorizedApps } from '#lib/domain/authorizations/count-authorized-apps'
import { countOwnedApps } from '#lib/domain/connected-apps/count-owned-apps'
import { getOrganization } from '#lib/domain/organizations/get-organization'
import { mayCreateApps } from '#lib/domain/organizations/rules'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { idsIn } from '../../../../../ids-in.ts'
import { connectedAppsPath, requestsPath } from '../../paths.ts'
import { waitingRequests } from '../../waiting-requests.ts'
import { SectionHead } from './section-head.tsx'

type Props = { params: Promise<{ organizationId: string }>; children: ReactNode }

/**
 * The head of Connected Apps and its tabs, for whoever may see one at least; anybody else is refused here, before
 * anything is sent. What belongs to the root organization (Authorizations, Policy) has its tabs there alone.
 */
export default async function ConnectedAppsLayout({ params, children }: Props) {
  const { organizationId } = await idsIn<{ organizationId: Id<'organization'> }>(params)
  const actor = await requireActor()
  const [owned, organization] = await Promise.all([
    shown(countOwnedApps(actor, { organizationId })),
    shown(getOrganization(actor, organizationId)),
  ])
  const isRoot = organization.parentId === null
  const mayInRoot = (permission: (typeof organization.abilities)[number]) =>
    isRoot && organization.abilities.includes(permission)
  // A reviewer's one place of the policy is told of wherever they are.
  const isReviewer =
    organization.abilities.includes('allowlist.review') && !organization.abilities.includes('allowlist.view')
  const answers = mayInRoot('allowlist.view') || isReviewer
  const [authorized, waiting] = await Promise.all([
    mayInRoot('authorizations.list')
      ? shown(countAuthorizedApps(actor, { rootOrganizationId: organizationId }))
      : null,
    answers ? waitingRequests(organization.root.id) : null,
  ])
  const base = connectedAppsPath(organizationId)
  const tabs: TabLink[] = [{ label: 'Owned Apps', href: `${base}/owned-apps`, count: owned.total }]
  if (authorized)
    tabs.push({ label: 'Authorizations', href: `${base}/authorizations`, count: authorized.total })
  if (waiting !== null)
    tabs.push({
      ...(isReviewer
        ? { label: 'Requests', href: requestsPath(organization.root.id) }
        : { label: 'Policy', href: `${base}/policy` }),
      count: waiting || undefined,
      isUrgent: true,
    })
  if (organization.abilities.includes('apis.view'))
    tabs.push({ label: 'Scopes documentation', href: `${base}/scopes` })
  return (
    <>
      <SectionHead
        tabs={tabs}
        ownedAppsHref={`${base}/owned-apps`}
        createHref={mayCreateApps(organization) ? `${base}/owned-apps/new` : undefined}
      />
      {children}
    </>
  )
}
