import { sql } from 'drizzle-orm'
import { type Database, database } from '#db/client'
import { type Id, idOf, isId, uuidOf } from '../../base/ids.ts'
import { type Abilities, abilitiesAt } from '../permissions/abilities.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentTo } from '../permissions/check.ts'
import { absentOrganization } from '../permissions/check-organization.ts'
import { may } from '../permissions/may.ts'
import { NO_STANDING, type Role, type Standing, standingOf } from '../permissions/standing.ts'
import { SESSION_IDLE_HOURS_MAX } from '../users/find-session.ts'
import { counts, type Reach, reachOf, uuids } from './reach.ts'
import type { PersonState } from './schema.ts'
import { stateOf } from './wanted-people.ts'

/** How many apps a person's page names. */
const APPS_NAMED_MAX = 10

export type PersonPlace = {
  organizationId: Id<'organization'>
  organizationName: string
  isRoot: boolean
  role: Role
  /** Of a developer: how many apps they may own there and below; null: no limit of their own. */
  appsMax: number | null
  /** How many they own there and below. */
  appsOwned: number
  since: Date
  /** Held above what was asked for, and so held there too. */
  isInherited: boolean
  /** What the actor may do in that organization. */
  abilities: Abilities
}
export type PersonDetails = {
  id: Id<'user'>
  fullName: string
  username: string
  email: string
  state: PersonState
  isOwner: boolean
  createdAt: Date
  lastSignedInAt: Date | null
  places: PersonPlace[]
  apps: { total: number; named: { id: Id<'app'>; name: string; isRotationDue: boolean }[] }
  /** What the person authorized in the root organization; null to whoever may not see that. */
  authorizations: number | null
  groups: { id: Id<'group'>; name: string }[] | null
  /** Browsers they are signed in at; null to whoever does not administer the account. */
  sessions: number | null
  /** What the actor may do with the account: nothing, unless its home is this root organization. */
  accountAbilities: Abilities
  /** Whether the actor may hand the root organization to this person. */
  mayBecomeOwner: boolean
}

/**
 * One person as an administrator sees them: their places within the administrator's branch, apps, and, for those of the root
 * organization, what they authorized and their groups. A person out of reach is like one who does not exist.
 */
export async function getPerson(
  actor: Actor,
  { organizationId, userId }: { organizationId: Id<'organization'>; userId: Id<'user'> },
): Promise<PersonDetails> {
  const db = database()
  if (!isId('organization', organizationId)) throw await absentOrganization(db, actor)
  const reach = await reachOf(db, actor, organizationId)
  const account = isId('user', userId) ? await accountOf(db, reach, userId) : undefined
  if (!account) throw await absentTo(db, actor, 'There is no such person here.')
  const { rootOrganizationId } = reach
  const root = { organizationId: rootOrganizationId, rootOrganizationId }
  const standing = await standingOf(db, actor, rootOrganizationId)
  const administersAccount = account.isHome
    ? abilitiesAt(actor, root, standing).filter(
        (permission) =>
          permission.startsWith('users.') && !(account.holdsOffice && CLOSES_ACCOUNT.includes(permission)),
      )
    : []
  const seesRoot = (permission: Parameters<typeof may>[1]) => may(actor, permission, root, standing)
  const [places, apps, authorizations, groups, sessions] = await Promise.all([
    placesOf(db, actor, reach, userId),
    appsOf(db, reach, userId),
    seesRoot('authorizations.list') ? authorizationsOf(db, rootOrganizationId, userId) : null,
    seesRoot('groups.view') ? groupsOf(db, rootOrganizationId, userId) : null,
    administersAccount.includes('users.end-sessions') ? sessionsOf(db, userId) : null,
  ])
  const { isHome, holdsOffice: _, ownerId, lastSignedInAt, createdAt, ...person } = account
  const owns = { ...root, rootOwnerId: idOf('user', ownerId) }
  return {
    ...person,
    id: userId,
    createdAt: new Date(createdAt),
    lastSignedInAt: isHome && lastSignedInAt ? new Date(lastSignedInAt) : null,
    places,
    apps,
    authorizations,
    groups,
    sessions,
    accountAbilities: administersAccount,
    mayBecomeOwner:
      may(actor, 'organizations.transfer-ownership', owns, standing) &&
      !person.isOwner &&
      person.state !== 'deactivated' &&
      places.some((place) => place.isRoot && place.role === 'administrator'),
  }
}

/** What nobody does to whoever holds an office. */
const CLOSES_ACCOUNT: readonly string[] = ['users.deactivate', 'users.delete']

type Account = Pick<PersonDetails, 'fullName' | 'username' | 'email' | 'state' | 'isOwner'> & {
  isHome: boolean
  /** Owns a root organization, or runs the deployment: the account is not closed before that is handed over. */
  holdsOffice: boolean
  ownerId: string
  createdAt: Date | string
  lastSignedInAt: Date | string | null
}

async function accountOf(db: Database, reach: Reach, userId: Id<'user'>): Promise<Account | undefined> {
  const [row] = await db.execute<Account>(sql`
    select u.full_name as "fullName", u.username, u.email, ${stateOf(reach)} as state, u.created_at as "createdAt",
      r.owner_id = u.id as "isOwner", r.owner_id as "ownerId",
      u.home_organization_id is not distinct from r.id as "isHome",
      (u.operator_since is not null or exists (
        select from organizations owned where owned.owner_id = u.id and owned.ended_at is null)) as "holdsOffice",
      (select max(s.authenticated_at) from sessions s where s.user_id = u.id) as "lastSignedInAt"
    from users u join organizations r on r.id = ${uuidOf(reach.rootOrganizationId)}::uuid
    where u.id = ${uuidOf(userId)}::uuid and u.ended_at is null and exists (
      select from memberships m where m.user_id = u.id and m.ended_at is null and ${counts(reach)})`)
  return row
}

async function placesOf(
  db: Database,
  actor: Actor,
  reach: Reach,
  userId: Id<'user'>,
): Promise<PersonPlace[]> {
  const rows = await db.execute<PlaceRow>(sql`
    select o.id as "organizationId", o.name as "organizationName", o.parent_id is null as "isRoot", m.role,
      m.apps_max as "appsMax", m.created_at as since,
      (select count(*)::int from connected_apps c join organization_ancestors a on a.organization_id = c.organization_id
        where c.owner_id = m.user_id and c.ended_at is null and a.ancestor_id = o.id) as "appsOwned"
    from memberships m join organizations o on o.id = m.organization_id and o.ended_at is null
    where m.user_id = ${uuidOf(userId)}::uuid and m.ended_at is null and ${counts(reach)}
    order by (select count(*) from organization_ancestors a where a.organization_id = o.id), lower(o.name), o.id`)
  const { rootOrganizationId, within, standings } = reach
  return rows.map((row) => {
    const organizationId = idOf('organization', row.organizationId)
    const isInherited = !within.includes(organizationId)
    const standing: Standing = standings.get(organizationId) ?? NO_STANDING
    return {
      ...row,
      organizationId,
      since: new Date(row.since),
      isInherited,
      // How much somebody owns above one's branch is not for its administrator to know.
      appsOwned: isInherited ? 0 : row.appsOwned,
      appsMax: isInherited ? null : row.appsMax,
      abilities: isInherited ? [] : abilitiesAt(actor, { organizationId, rootOrganizationId }, standing),
    }
  })
}

type PlaceRow = Omit<PersonPlace, 'organizationId' | 'since' | 'isInherited' | 'abilities'> & {
  organizationId: string
  since: Date | string
}

async function appsOf(db: Database, reach: Reach, userId: Id<'user'>): Promise<PersonDetails['apps']> {
  const theirs = sql`c.owner_id = ${uuidOf(userId)}::uuid and c.ended_at is null
    and c.organization_id = any(${uuids(reach.within)})`
  const [named, totals] = await Promise.all([
    db.execute<{ id: string; name: string; isRotationDue: boolean }>(sql`
      select c.id, c.name, c.rotation_due_since is not null as "isRotationDue" from connected_apps c
      where ${theirs} order by lower(c.name), c.id limit ${APPS_NAMED_MAX}`),
    db.execute<{ total: number }>(sql`select count(*)::int as total from connected_apps c where ${theirs}`),
  ])
  return { total: totals[0]?.total ?? 0, named: named.map((app) => ({ ...app, id: idOf('app', app.id) })) }
}

async function authorizationsOf(db: Database, rootId: Id<'organization'>, userId: Id<'user'>) {
  const [row] = await db.execute<{ live: number }>(sql`
    select count(*)::int as live from live_authorizations
    where user_id = ${uuidOf(userId)}::uuid and root_organization_id = ${uuidOf(rootId)}::uuid`)
  return row?.live ?? 0
}

async function groupsOf(db: Database, rootId: Id<'organization'>, userId: Id<'user'>) {
  const rows = await db.execute<{ id: string; name: string }>(sql`
    select g.id, g.name from group_members p join groups g on g.id = p.group_id and g.ended_at is null
    where p.user_id = ${uuidOf(userId)}::uuid and g.root_organization_id = ${uuidOf(rootId)}::uuid
    order by lower(g.name)`)
  return rows.map(({ id, name }) => ({ id: idOf('group', id), name }))
}

/** What `find-session.ts` calls live. */
async function sessionsOf(db: Database, userId: Id<'user'>) {
  const [row] = await db.execute<{ live: number }>(sql`
    select count(*)::int as live from sessions
    where user_id = ${uuidOf(userId)}::uuid and ended_at is null and expires_at > now()
      and last_seen_at > now() - make_interval(hours => ${SESSION_IDLE_HOURS_MAX})`)
  return row?.live ?? 0
}
