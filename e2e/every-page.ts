import { randomBytes } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { approvalRequests } from '#db/schema/allowlist'
import { events } from '#db/schema/audit'
import { liveAuthorizations } from '#db/schema/authorizations'
import { connectedApps } from '#db/schema/connected-apps'
import { removals } from '#db/schema/installations'
import { memberships, organizations } from '#db/schema/organizations'
import { groups, invitations } from '#db/schema/people'
import { users } from '#db/schema/users'
import { newId } from '#lib/base/ids'
import { hashToken } from '#lib/base/secrets'
import type { DemoAccess } from '../scripts/demo-access.ts'
import { accessManagement, auditLog, connectedApps as partOf } from './console.ts'

export type Visit = {
  name: string
  path: string
  by: 'administrator' | 'member' | 'operator' | 'nobody'
  /** What the server answers; 200 if nothing is said. */
  status?: number
}
/** The demo's people by what they may do. */
export async function demoPerson(access: DemoAccess, role: string) {
  const signIn = access.signIns.find((one) => one.role === role)
  const [person] = await database()
    .select()
    .from(users)
    .where(eq(users.username, signIn?.username ?? ''))
  if (!person) throw new Error(`The demo has no ${role}.`)
  return person
}

/** Every page there is, on the demo's data, so that none is empty. */
export async function everyPage(access: DemoAccess): Promise<Visit[]> {
  const administrator = await demoPerson(access, 'root-administrator')
  const db = database()
  const [home] = await db
    .select({ id: organizations.id })
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .where(
      and(
        eq(memberships.userId, administrator.id),
        eq(memberships.role, 'administrator'),
        isNull(organizations.parentId),
      ),
    )
  if (!home) throw new Error('The demo’s administrator administers nothing.')
  const here = <T extends { rootOrganizationId: typeof connectedApps.rootOrganizationId }>(table: T) =>
    eq(table.rootOrganizationId, home.id)
  const [forUsers] = await db
    .select({ id: connectedApps.id })
    .from(connectedApps)
    .where(and(here(connectedApps), eq(connectedApps.actsAs, 'user'), isNull(connectedApps.endedAt)))
    .limit(1)
  const [forItself] = await db
    .select({ id: connectedApps.id })
    .from(connectedApps)
    .where(and(here(connectedApps), eq(connectedApps.actsAs, 'itself'), isNull(connectedApps.endedAt)))
    .limit(1)
  const [used] = await db
    .select({ appId: liveAuthorizations.appId })
    .from(liveAuthorizations)
    .where(eq(liveAuthorizations.rootOrganizationId, home.id))
    .groupBy(liveAuthorizations.appId)
    .orderBy(sql`count(*) desc`)
    .limit(1)
  const [receipt] = await db
    .select({ id: removals.id })
    .from(removals)
    .where(eq(removals.rootOrganizationId, home.id))
    .limit(1)
  const [waiting] = await db
    .select({ id: approvalRequests.id })
    .from(approvalRequests)
    .where(
      and(
        eq(approvalRequests.rootOrganizationId, home.id),
        isNotNull(approvalRequests.requestedAt),
        isNull(approvalRequests.answeredAt),
        sql`${approvalRequests.expiresAt} > now()`,
      ),
    )
    .limit(1)
  const [told] = await db
    .select({ id: events.id })
    .from(events)
    .where(and(eq(events.rootOrganizationId, home.id), eq(events.name, 'connected-app.updated')))
    .limit(1)
  const member = await demoPerson(access, 'member')
  const [usedApp] = await db
    .select({ clientId: connectedApps.clientId })
    .from(connectedApps)
    .where(eq(connectedApps.id, used?.appId ?? newId('app')))
  const [group] = await db
    .select({ id: groups.id })
    .from(groups)
    .where(and(eq(groups.rootOrganizationId, home.id), isNull(groups.endedAt)))
    .limit(1)
  const invitation = await linkOfInvitation(home.id, administrator.id)
  const [own] = await db
    .select({ id: liveAuthorizations.id })
    .from(liveAuthorizations)
    .where(eq(liveAuthorizations.userId, member.id))
    .limit(1)
  if (!told || !forUsers || !forItself || !used || !usedApp || !waiting || !own || !group)
    throw new Error('The demo does not show every page.')
  const governed = (path: string): Visit => ({
    name: path,
    path: partOf(home, path),
    by: 'administrator',
  })
  const peoplePage = (part: string): Visit => ({
    name: `people${part}`,
    path: `/o/${home.id}/access-management/people${part}`,
    by: 'administrator',
  })
  return [
    ...[
      '',
      '?q=no-app-is-called-so',
      '?sort=created&state=disabled&host=example',
      '/new',
      '/rotation?which=due',
      '/rotation?which=all',
    ].map((part) => governed(`owned-apps${part}`)),
    ...['', '/credentials', '/redirect-uris', '/scopes', '/authorizations', '/activity'].map((part) =>
      governed(`owned-apps/${forUsers.id}${part}`),
    ),
    ...['', '/credentials', '/scopes'].map((part) => governed(`owned-apps/${forItself.id}${part}`)),
    ...(receipt ? [governed(`authorizations/removals/${receipt.id}`)] : []),
    ...[
      '',
      `?app=${used.appId}`,
      '?show=removals',
      '?show=people',
      `?show=people&user=${administrator.id}`,
    ].map((part) => governed(`authorizations${part}`)),
    ...[
      '',
      '?to=unrestricted',
      '?to=closed',
      '/allowlist',
      '/allowlist?add=app',
      '/requests',
      '/rules',
      '/requests?show=answered',
      '/requests?show=expired',
      '/what-if',
      `/what-if?person=${member.id}&app=${usedApp.clientId}`,
    ].map((part) => governed(`policy${part}`)),
    ...['', '?q=nobody-is-called-so', `/${administrator.id}`, `/${member.id}`, '/invitations', '/groups'].map(
      (part) => peoplePage(part),
    ),
    peoplePage(`/groups/${group.id}`),
    { name: 'an invitation', path: invitation, by: 'nobody' },
    { name: 'an invitation of somebody else', path: invitation, by: 'member' },
    { name: 'an invitation that is gone', path: '/invitation?token=gone', by: 'nobody' },
    ...['', '?q=nothing-is-called-so', '/createApp', '/getApp', '/allowIntrospection'].map(
      (part): Visit => ({
        name: `api${part}`,
        path: `/o/${home.id}/access-management/api${part}`,
        by: 'administrator',
      }),
    ),
    ...['', '?q=no-scope-is-called-so', '?q=orders:read'].map((part) => governed(`scopes${part}`)),
    ...['', '?about=connected-app&when=days', `?event=${told.id}`, '/export'].map(
      (part): Visit => ({ name: `audit-log${part}`, path: `${auditLog(home)}${part}`, by: 'administrator' }),
    ),
    { name: 'the audit log of a member', path: auditLog(home), by: 'member', status: 403 },
    ...['business-groups', 'settings'].map(
      (part): Visit => ({ name: part, path: accessManagement(home, part), by: 'administrator' }),
    ),
    ...['organizations', 'operators'].map(
      (part): Visit => ({ name: `the deployment’s ${part}`, path: `/operator/${part}`, by: 'operator' }),
    ),
    { name: 'forbidden to who runs nothing', path: '/operator/operators', by: 'member', status: 403 },
    { name: 'an approval link', path: `/approvals/${waiting.id}`, by: 'administrator' },
    { name: 'an approval link of a member', path: `/approvals/${waiting.id}`, by: 'member' },
    { name: 'the way on from a request', path: `/approvals/${waiting.id}/app`, by: 'member' },
    { name: 'my apps', path: '/my-apps', by: 'member' },
    { name: 'one of my apps', path: `/my-apps/${own.id}`, by: 'member' },
    ...['', '/name', '/email', '/email/confirmation?token=none', '/password'].map(
      (part): Visit => ({ name: `account${part}`, path: `/account${part}`, by: 'administrator' }),
    ),
    ...['/forgotten-password', '/forgotten-password/sent', '/reset-password?token=none', '/demo/mailbox'].map(
      (path): Visit => ({ name: path, path, by: 'nobody' }),
    ),
    { name: 'forbidden', path: partOf(home, 'owned-apps'), by: 'member', status: 403 },
    { name: 'nothing there', path: '/nothing-there', by: 'member', status: 404 },
    { name: 'signing in', path: '/sign-in', by: 'nobody' },
    { name: 'signing out', path: '/sign-out', by: 'member' },
    { name: 'an interaction that is over', path: '/interaction/is-over', by: 'nobody' },
    { name: 'a device', path: '/device', by: 'nobody' },
  ]
}

/** An invitation of nobody yet, with a link that only this run knows. */
async function linkOfInvitation(
  organizationId: typeof organizations.$inferSelect.id,
  invitedBy: typeof users.$inferSelect.id,
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const id = newId('invitation')
  await database()
    .insert(invitations)
    .values({
      id,
      organizationId,
      rootOrganizationId: organizationId,
      email: `${id}@example.com`,
      role: 'developer',
      appsMax: 3,
      tokenHash: hashToken(token),
      invitedBy,
      expiresAt: new Date(Date.now() + 3_600_000),
    })
  return `/invitation?token=${token}`
}

/** Goes there and waits for the page to be whole: nothing that only holds a place is left. */
export async function visit(page: Page, { name, path, status = 200 }: Visit): Promise<void> {
  expect((await page.goto(path))?.status(), name).toBe(status)
  await expect(page.getByRole('status', { name: /^(Loading|Counting)/ })).toHaveCount(0)
  // An open dialog hides the page behind it from roles, not from the eye.
  await expect(page.locator('h1').first()).toBeVisible()
}
