import { tokenSql } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { findContexts } from '../connected-apps/find-contexts.ts'
import { PERMISSIONS, type Permission } from '../permissions/catalogue.ts'
import { may } from '../permissions/may.ts'
import { NO_STANDING, type Role } from '../permissions/standing.ts'
import type { LiveToken, TokenScope } from './find-live-tokens.ts'

/** More organizations than a gateway should keep of one token: beyond, it asks about the one at hand. */
export const RIGHTS_SHOWN_MAX = 100

/** What a token is good for in one organization at this moment. */
export type Rights = {
  organizationId: Id<'organization'>
  /** The person's roles there, held or inherited from above; null for an app acting for itself. */
  roles: readonly Role[] | null
  /** Those of the token's scopes that need an organization and may be used in this one. */
  scopes: readonly string[]
  /** Those that need an environment besides, by environment. */
  environments: readonly { environmentId: Id<'environment'>; scopes: readonly string[] }[]
}

/** `isWhole`: no organization was left out. */
export type FoundRights = { organizations: readonly Rights[]; isWhole: boolean }

type Holder = Pick<LiveToken, 'rootOrganizationId' | 'scopes'> & {
  app: { appId: Id<'app'> }
  person: { userId: Id<'user'> } | null
}

/**
 * Where a token's scopes may be used, worked out now [P85–P88]: for a person its scopes meet their places, in each
 * organization where they have one and in all below one they administer or develop in; an app acting for itself has the
 * places chosen for each scope. Only scopes that need an organization are told. With `organizationId`, that one alone.
 */
export async function findRights(holder: Holder, organizationId?: Id<'organization'>): Promise<FoundRights> {
  const placed = holder.scopes.filter((scope) => scope.needsOrganization)
  if (placed.length === 0) return { organizations: [], isWhole: true }
  const found = holder.person
    ? await rightsOfPerson(holder.person.userId, holder.rootOrganizationId, placed, organizationId)
    : await rightsOfApp(holder.app.appId, placed)
  const wanted = organizationId ? found.filter((one) => one.organizationId === organizationId) : found
  const held = wanted.filter(({ scopes, environments }) => scopes.length + environments.length > 0)
  return { organizations: held.slice(0, RIGHTS_SHOWN_MAX), isWhole: held.length <= RIGHTS_SHOWN_MAX }
}

type AppPlace = { scopes: string[]; environments: Map<Id<'environment'>, string[]> }

async function rightsOfApp(appId: Id<'app'>, scopes: readonly TokenScope[]): Promise<Rights[]> {
  const names = new Set(scopes.map((scope) => scope.name))
  const places = new Map<Id<'organization'>, AppPlace>()
  for (const { scope, organizationId, environmentId } of await findContexts(appId)) {
    if (!names.has(scope)) continue
    const place: AppPlace = places.get(organizationId) ?? { scopes: [], environments: new Map() }
    places.set(organizationId, place)
    if (!environmentId) place.scopes.push(scope)
    else place.environments.set(environmentId, [...(place.environments.get(environmentId) ?? []), scope])
  }
  return [...places]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([organizationId, place]) => ({
      organizationId,
      roles: null,
      scopes: place.scopes.sort(),
      environments: [...place.environments].map(([environmentId, held]) => ({
        environmentId,
        scopes: held.sort(),
      })),
    }))
}

async function rightsOfPerson(
  userId: Id<'user'>,
  rootOrganizationId: Id<'organization'>,
  scopes: readonly TokenScope[],
  organizationId: Id<'organization'> | undefined,
): Promise<Rights[]> {
  const places = await placesOf(userId, rootOrganizationId, organizationId)
  const isEnvironmentNeeded = scopes.some((scope) => scope.needsEnvironment)
  const environments = isEnvironmentNeeded
    ? await environmentsOf(places.map((place) => place.organizationId))
    : []
  return places.map((place) => {
    const held = scopes.filter((scope) => isHeld(scope, userId, rootOrganizationId, place))

    const bound = held.filter((scope) => scope.needsEnvironment).map((scope) => scope.name)
    return {
      organizationId: place.organizationId,
      roles: place.roles,
      scopes: held.filter((scope) => !scope.needsEnvironment).map((scope) => scope.name),
      environments: environments
        .filter((one) => bound.length > 0 && one.organizationId === place.organizationId)
        .map(({ environmentId }) => ({ environmentId, scopes: bound })),
    }
  })
}

type PersonPlace = { organizationId: Id<'organization'>; roles: Role[]; rootRole: Role | null }

/** What an own API lets a role do is its own affair; of our API the catalogue says it. */
function isHeld(
  scope: TokenScope,
  userId: Id<'user'>,
  rootOrganizationId: Id<'organization'>,
  { organizationId, roles, rootRole }: PersonPlace,
): boolean {
  if (!scope.isBuiltIn) return true
  const actor = { kind: 'user' as const, userId, name: '' }
  const place = { organizationId, rootOrganizationId, ownerId: userId }
  // Where nothing is governed from above, only places that the person has are asked about.
  const standing = { ...NO_STANDING, roles, rootRole, isPlaced: true }
  return (Object.keys(PERMISSIONS) as Permission[]).some(
    (name) => PERMISSIONS[name].scope === scope.name && may(actor, name, place, standing),
  )
}

/** The root first, then as they were made. A plain place counts where it is; other roles are inherited from above. */
async function placesOf(
  userId: Id<'user'>,
  rootOrganizationId: Id<'organization'>,
  organizationId: Id<'organization'> | undefined,
): Promise<PersonPlace[]> {
  const rows = await tokenSql()<{ id: string; roles: Role[]; root_role: Role | null }[]>`
    select o.id, array_agg(distinct m.role::text order by m.role::text) as roles,
      (select p.role from memberships p where p.user_id = ${uuidOf(userId)}::uuid and p.ended_at is null
        and p.organization_id = ${uuidOf(rootOrganizationId)}::uuid) as root_role
    from memberships m
    join users u on u.id = m.user_id and u.ended_at is null and u.deactivated_at is null
    join organization_ancestors a on a.ancestor_id = m.organization_id and (a.depth = 0 or m.role <> 'member')
    join organizations o on o.id = a.organization_id and o.ended_at is null
    where m.user_id = ${uuidOf(userId)}::uuid and m.root_organization_id = ${uuidOf(rootOrganizationId)}::uuid
      and m.ended_at is null and (${organizationId ? uuidOf(organizationId) : null}::uuid is null
        or o.id = ${organizationId ? uuidOf(organizationId) : null}::uuid)
    group by o.id
    order by o.parent_id is not null, o.id
    limit ${RIGHTS_SHOWN_MAX + 1}`
  return rows.map((row) => ({
    organizationId: idOf('organization', row.id),
    roles: row.roles,
    rootRole: row.root_role,
  }))
}

async function environmentsOf(organizationIds: readonly Id<'organization'>[]) {
  const rows = await tokenSql()<{ id: string; organization_id: string }[]>`
    select id, organization_id from environments
    where organization_id = any(${organizationIds.map(uuidOf)}::uuid[]) and ended_at is null order by id`
  return rows.map((row) => ({
    environmentId: idOf('environment', row.id),
    organizationId: idOf('organization', row.organization_id),
  }))
}
