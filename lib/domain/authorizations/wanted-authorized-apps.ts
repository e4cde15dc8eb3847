import { type SQL, sql } from 'drizzle-orm'
import { COUNTED_MAX } from '../../base/bounded-count.ts'
import { likePattern } from '../../base/like-pattern.ts'
import type { RiskClass } from '../connected-apps/scopes.ts'
import { scopeSetsOf } from './live-numbers.ts'
import type { AuthorizedAppsFilters } from './schema.ts'

/**
 * The installations `i`, with their apps `c`, that a root organization has under these filters, whether or not anybody's authorization
 * lives: from here on a statement may sort, page and count. For whoever reads few of them, and asks `isShown` of each. What the
 * installation's row answers is asked before what its scope sets answer.
 */
export function wantedApps(root: SQL, filters: AuthorizedAppsFilters): SQL {
  const inOneSet = (of: SQL) => sql`exists (select from ${scopeSetsOf} held where ${of})`
  return sql`${knownApps(root, sql``)} and ${allOf([...ofApps(root, filters), ...ofScopes(filters, inOneSet)])}`
}

/** Whether anybody's authorization of the installation `i` lives. Row by row: joined, the people of all apps would be added up to draw fifty rows. */
export const isLive = sql`(select true from live_people l where l.installation_id = i.id limit 1)`

/** Whether something was said of the installation `i` that stands whether or not anybody uses it, and is found in the list to be taken back. */
const isSpokenOf = sql`(i.frozen_at is not null or (i.network_mode <> 'off' and i.blocked_at is null
  and exists (select from connected_apps held where held.id = i.app_id and held.acts_as = 'user')))`

/** Whether the installation `i` stands in the list: it lives, or something was said of it. */
export const isShown = sql`(${isSpokenOf} or ${isLive})`

/** The same for whoever reads all of them: those that stand in the list, with `held.people`, exact up to 10,000; 10,001 stands for more. */
export function wantedAppsWithPeople(root: SQL, filters: AuthorizedAppsFilters): SQL {
  const ofSets = ofScopes(filters, (of) => sql`bool_or(${of})`)
  const spokenOf = sql`from installations i where i.root_organization_id = ${root} and ${isSpokenOf}`
  // Sets are read only where something is asked of them: it takes twice as long.
  const sets =
    ofSets.length > 0
      ? sql`select installation_id, people, scopes from live_scope_sets where root_organization_id = ${root}
          union all select i.id, 0, '{}' ${spokenOf}`
      : sql`select installation_id, people from live_people where root_organization_id = ${root}
          union all select i.id, 0 ${spokenOf}`
  const joined = sql`join (
    select installation_id, least(sum(people), ${COUNTED_MAX + 1})::int as people
    from (${sets}) held group by installation_id having ${allOf(ofSets)}) held on held.installation_id = i.id`
  return sql`${knownApps(root, joined)} and ${allOf(ofApps(root, filters))}`
}

function knownApps(root: SQL, joined: SQL): SQL {
  return sql`
    from installations i
    join connected_apps c on c.id = i.app_id and c.ended_at is null
    join organizations publisher on publisher.id = c.root_organization_id
    ${joined}
    where i.root_organization_id = ${root}`
}

const allOf = (conditions: readonly SQL[]) =>
  conditions.length > 0 ? sql.join(conditions as SQL[], sql` and `) : sql`true`

function ofApps(root: SQL, filters: AuthorizedAppsFilters): SQL[] {
  return [...ofUse(filters), ...ofApp(root, filters), ...present([matches(root, filters.search)])]
}

const daysAgo = (days: number) => sql`now() - make_interval(days => ${days})`

function ofUse(filters: AuthorizedAppsFilters): SQL[] {
  const { usedWithinDays, unusedForDays, isUsed, firstAuthorizedWithinDays } = filters
  return present([
    usedWithinDays && sql`i.last_used_at > ${daysAgo(usedWithinDays)}`,
    unusedForDays &&
      sql`coalesce(i.last_used_at, i.first_authorized_at, i.created_at) <= ${daysAgo(unusedForDays)}`,
    isUsed !== undefined && sql`(i.last_used_at is not null) = ${isUsed}`,
    firstAuthorizedWithinDays && sql`i.first_authorized_at > ${daysAgo(firstAuthorizedWithinDays)}`,
  ])
}

function ofApp(
  root: SQL,
  { isInternal, isFrozen, isHeldToNetworks, isDisabled, listing }: AuthorizedAppsFilters,
): SQL[] {
  return present([
    isInternal !== undefined && sql`(c.root_organization_id = ${root}) = ${isInternal}`,
    isFrozen !== undefined && sql`(i.frozen_at is not null) = ${isFrozen}`,
    isHeldToNetworks !== undefined && sql`(i.network_mode <> 'off') = ${isHeldToNetworks}`,
    isDisabled !== undefined && sql`(c.disabled_at is not null) = ${isDisabled}`,
    listing && isListed(root, listing),
  ])
}

/** What `listingOf` says of an app, asked of all of them. */
function isListed(root: SQL, listing: NonNullable<AuthorizedAppsFilters['listing']>): SQL {
  const entry = sql`exists (select from live_entries e where e.root_organization_id = ${root} and e.app_id = c.id)`
  const asksMore = sql`exists (
    select from live_entries e
    join approval_requests w on w.root_organization_id = e.root_organization_id and w.app_id = e.app_id
    where e.root_organization_id = ${root} and e.app_id = c.id and w.answered_at is null
      and w.requested_at is not null and w.expires_at > now() and not w.scopes <@ e.scopes)`
  const internal = sql`(c.root_organization_id = ${root} and coalesce((
    select p.internal_auto_approval or p.mode <> 'restricted' from allowlists p
    where p.root_organization_id = ${root}), true))`
  switch (listing) {
    case 'asks-more':
      return asksMore
    case 'listed':
      return sql`(${entry} and not ${asksMore})`
    case 'internal':
      return sql`(${internal} and not ${entry})`
    case 'not-listed':
      return sql`not (${internal} or ${entry})`
  }
}

/** `holdsOne`: whether a condition is true of one of the scope sets `held` of an installation. */
function ofScopes({ scope, risk }: AuthorizedAppsFilters, holdsOne: (of: SQL) => SQL): SQL[] {
  return present([scope && holdsOne(sql`${scope} = any(held.scopes)`), risk && isOfRisk(risk, holdsOne)])
}

/** Whether the riskiest scope that is held is of this class. Whole sets are compared with the scopes of a class, read once. */
function isOfRisk(risk: RiskClass, holdsOne: (of: SQL) => SQL): SQL {
  const high = sql`held.scopes && ${scopesOf('high')} or not held.scopes <@ ${scopesOf('low', 'medium', 'high')}`
  const medium = sql`held.scopes && ${scopesOf('medium')}`
  switch (risk) {
    case 'high':
      return holdsOne(high)
    case 'medium':
      return sql`(${holdsOne(medium)} and not ${holdsOne(high)})`
    case 'low':
      return sql`not ${holdsOne(sql`${high} or ${medium}`)}`
  }
}

/** A scope that no API offers any more is of none: as risky as can be (`describeScopes`). */
const scopesOf = (...classes: RiskClass[]) => sql`array(
  select name from scopes where ended_at is null and risk = any(${sql.param(classes)}::risk_class[]))`

/** The apps of the people found are an array, made once: of `in` the planner expects that half of it will do, and reads all users for it. */
function matches(root: SQL, search: string | undefined): SQL | undefined {
  const words = search?.trim()
  if (!words) return undefined
  const pattern = likePattern(words)
  return sql`(c.name ilike ${pattern} or publisher.name ilike ${pattern} or c.client_id = ${words} or i.id = any (array(
    select distinct l.installation_id from users u join live_authorizations l on l.user_id = u.id
    where l.root_organization_id = ${root}
      and (u.full_name ilike ${pattern} or u.username ilike ${pattern} or u.email ilike ${pattern}))))`
}

function present(conditions: readonly (SQL | false | 0 | '' | undefined)[]): SQL[] {
  return conditions.filter((one): one is SQL => Boolean(one))
}
