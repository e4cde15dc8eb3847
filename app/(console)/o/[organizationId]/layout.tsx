import { Blocks, Braces, Network, ScrollText, Settings, Users } from 'lucide-react'
import type { ReactNode } from 'react'
import { ROLE } from '#components/connected-apps/app-words'
import type { Account } from '#components/shell/account-menu'
import { ConsoleShell } from '#components/shell/console-shell'
import type { NavSection } from '#components/shell/nav-list'
import { FORM_TOKEN_FIELD, newFormToken } from '#lib/base/form-token'
import type { Id } from '#lib/base/ids'
import { getOrganization, type OrganizationDetails } from '#lib/domain/organizations/get-organization'
import { listOrganizationsOf, type OrganizationSeen } from '#lib/domain/organizations/list-organizations-of'
import type { Role } from '#lib/domain/permissions/standing'
import { currentSession, requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { DemoBanner } from '../../../demo-banner.tsx'
import { idsIn } from '../../../ids-in.ts'
import { MailTrouble } from '../../../mail-trouble.tsx'
import { OPERATOR_SECTION } from '../../../operator-section.tsx'
import { OWN_PAGES, YOU } from '../../../you.tsx'
import { LiveChanges } from '../../live/live-changes.tsx'
import { QueryProvider } from '../../query-provider.tsx'
import {
  apiPath,
  auditLogPath,
  businessGroupsPath,
  connectedAppsPath,
  ownedAppsPath,
  peoplePath,
  settingsPath,
} from './paths.ts'
import { waitingRequests } from './waiting-requests.ts'

type Props = { params: Promise<{ organizationId: string }>; children: ReactNode }

/** The frame of the console in one organization: where else the person may go, what they may see, who they are. */
export default async function OrganizationLayout({ params, children }: Props) {
  const readAt = new Date().toISOString()
  const { organizationId } = await idsIn<{ organizationId: Id<'organization'> }>(params)
  const actor = await requireActor()
  const [organization, organizations, session] = await Promise.all([
    shown(getOrganization(actor, organizationId)),
    shown(listOrganizationsOf(actor)),
    currentSession(),
  ])
  const inTree = organizations.filter(({ rootOrganizationId }) => rootOrganizationId === organization.root.id)
  const governsHere = inTree.some(governs)
  const answersRequests = answersRequestsAt(organization)
  const account: Account = {
    name: actor.name,
    role: ROLE[roleIn(inTree, organizationId)],
    email: session?.email,
    entries: OWN_PAGES,
    signOut: {
      action: '/sign-out/session',
      fields: { [FORM_TOKEN_FIELD]: newFormToken('sign-out', actor.sessionId ?? null) },
    },
  }
  return (
    <QueryProvider>
      <ConsoleShell
        organization={{
          name: organization.name,
          detail: organization.parentId ? organization.root.name : 'All business groups',
        }}
        organizations={choicesOf(organizations, organizationId)}
        sections={[
          ...sectionsOf(
            organization,
            governsHere,
            // Where somebody administers a branch only, its people are shown from above, too.
            inTree.some(({ role }) => role === 'administrator'),
            organization.abilities.includes('audit.view') ? organization.root.id : null,
            answersRequests ? await waitingRequests(organization.root.id) : 0,
          ),
          ...(session?.isOperator ? [OPERATOR_SECTION] : []),
        ]}
        account={account}
        live={governsHere && <LiveChanges organizationId={organizationId} readAt={readAt} />}
        banner={
          <>
            <DemoBanner />
            {(session?.isOperator || inTree.some(({ role }) => role === 'administrator')) && <MailTrouble />}
          </>
        }
      >
        {children}
      </ConsoleShell>
    </QueryProvider>
  )
}

/** Administrators are told in the root organization, reviewers wherever they are in its tree. */
function answersRequestsAt({ parentId, abilities }: OrganizationDetails): boolean {
  if (!abilities.includes('allowlist.review')) return false
  return parentId === null || !abilities.includes('allowlist.view')
}

function sectionsOf(
  { id: organizationId, abilities }: OrganizationDetails,
  governsHere: boolean,
  seesPeople: boolean,
  /** The root organization whose audit log the person may read. */
  auditedRootId: string | null,
  waiting: number,
): NavSection[] {
  if (!governsHere) return [YOU]
  const connectedApps = {
    label: 'Connected Apps',
    href: connectedAppsPath(organizationId),
    icon: <Blocks aria-hidden />,
    badge: waiting,
    badgeLabel: waiting === 1 ? 'request waits' : 'requests wait',
  }
  const people = { label: 'People', href: peoplePath(organizationId), icon: <Users aria-hidden /> }
  const api = { label: 'API', href: apiPath(organizationId), icon: <Braces aria-hidden /> }
  const auditLog = auditedRootId
    ? [{ label: 'Audit log', href: auditLogPath(auditedRootId), icon: <ScrollText aria-hidden /> }]
    : []
  const businessGroups = {
    label: 'Business groups',
    href: businessGroupsPath(organizationId),
    icon: <Network aria-hidden />,
  }
  const settings = {
    label: 'Settings',
    href: settingsPath(organizationId),
    icon: <Settings aria-hidden />,
  }
  const items = [
    connectedApps,
    ...(seesPeople ? [people] : []),
    ...(abilities.includes('organizations.list-business-groups') ? [businessGroups] : []),
    ...auditLog,
    ...(abilities.includes('organizations.update') ? [settings] : []),
    api,
  ]
  return [{ label: 'Access Management', items }, YOU]
}

function governs({ role }: OrganizationSeen): boolean {
  return role === 'administrator' || role === 'developer'
}

/** The role held here; where it is a plain one, the strongest held somewhere below. */
function roleIn(inTree: OrganizationSeen[], organizationId: string): Role {
  const here = inTree.find(({ id }) => id === organizationId)
  if (here && governs(here)) return here.role ?? 'member'
  const held = inTree.map(({ role }) => role)
  return (['administrator', 'developer'] as const).find((role) => held.includes(role)) ?? 'member'
}

/** Where there is something to govern, and the root above it: a plain member's place is My apps. */
function choicesOf(organizations: OrganizationSeen[], currentId: string) {
  const roots = new Set(organizations.filter(governs).map(({ rootOrganizationId }) => rootOrganizationId))
  const governed = organizations.filter(
    (organization) => governs(organization) || (organization.isRoot && roots.has(organization.id)),
  )
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
