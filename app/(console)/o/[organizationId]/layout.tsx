import { Blocks, LayoutGrid } from 'lucide-react'
import type { ReactNode } from 'react'
import { ROLE } from '#components/connected-apps/app-words'
import type { Account } from '#components/shell/account-menu'
import { ConsoleShell } from '#components/shell/console-shell'
import type { NavSection } from '#components/shell/nav-list'
import { FORM_TOKEN_FIELD, newFormToken } from '#lib/base/form-token'
import type { Id } from '#lib/base/ids'
import { getOrganization } from '#lib/domain/organizations/get-organization'
import { listOrganizationsOf, type OrganizationSeen } from '#lib/domain/organizations/list-organizations-of'
import { currentSession, requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { DemoBanner } from '../../../demo-banner.tsx'
import { QueryProvider } from '../../query-provider.tsx'
import { connectedAppsPath, ownedAppsPath } from './paths.ts'

type Props = { params: Promise<{ organizationId: Id<'organization'> }>; children: ReactNode }

/** The frame of the console in one organization: where else the person may go, what they may see, who they are. */
export default async function OrganizationLayout({ params, children }: Props) {
  const { organizationId } = await params
  const actor = await requireActor(ownedAppsPath(organizationId))
  const [organization, organizations, session] = await Promise.all([
    shown(getOrganization(actor, organizationId)),
    listOrganizationsOf(actor),
    currentSession(),
  ])
  const here = organizations.find(({ id }) => id === organizationId)
  const account: Account = {
    name: actor.name,
    role: here?.role ? ROLE[here.role] : ROLE.member,
    email: session?.email,
    signOut: {
      action: '/sign-out/session',
      fields: { [FORM_TOKEN_FIELD]: newFormToken('sign-out', actor.sessionId ?? null) },
    },
  }
  const governsHere = here?.role === 'administrator' || here?.role === 'developer'
  return (
    <QueryProvider>
      <ConsoleShell
        organization={{
          name: organization.name,
          detail: organization.parentId ? organization.root.name : 'All business groups',
        }}
        organizations={choicesOf(organizations, organizationId)}
        sections={sectionsOf(organizationId, governsHere)}
        account={account}
        banner={<DemoBanner />}
      >
        {children}
      </ConsoleShell>
    </QueryProvider>
  )
}

function sectionsOf(organizationId: string, governsHere: boolean): NavSection[] {
  const you: NavSection = {
    label: 'You',
    items: [{ label: 'My apps', href: '/my-apps', icon: <LayoutGrid aria-hidden /> }],
  }
  if (!governsHere) return [you]
  const connectedApps = {
    label: 'Connected Apps',
    href: connectedAppsPath(organizationId),
    icon: <Blocks aria-hidden />,
  }
  return [{ label: 'Access Management', items: [connectedApps] }, you]
}

/** Only where there is something to govern: a plain member's place is My apps. */
function choicesOf(organizations: OrganizationSeen[], currentId: string) {
  const governed = organizations.filter(({ role }) => role === 'administrator' || role === 'developer')
  return treeOf(governed).map(({ organization: { id, name }, depth }) => ({
    id,
    name,
    href: ownedAppsPath(id),
    depth,
    current: id === currentId,
  }))
}

/** Each organization followed by what lies below it; what has no parent here stands at the edge. */
function treeOf(organizations: OrganizationSeen[]): Array<{ organization: OrganizationSeen; depth: number }> {
  const known = new Set(organizations.map(({ id }) => id))
  const below = (parentId: string | null, depth: number): ReturnType<typeof treeOf> =>
    organizations
      .filter(({ parentId: own }) => (own && known.has(own) ? own : null) === parentId)
      .flatMap((organization) => [{ organization, depth }, ...below(organization.id, depth + 1)])
  return below(null, 0)
}
