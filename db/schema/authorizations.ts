import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  pgView,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytes, cidr, id, inet, moment } from '../columns.ts'
import { allowlistEntries } from './allowlist.ts'
import { connectedApps } from './connected-apps.ts'
import { installations, networkMode } from './installations.ts'
import { memberships, organizations } from './organizations.ts'
import { sessions, users } from './users.ts'

export const authorizationEnd = pgEnum('authorization_end', [
  'removed-by-person',
  'removed-by-administrator',
  'membership-ended',
  'account-ended',
  'app-deleted',
  'entry-ended',
])

/** A row is a person's standing yes to an app, in one root organization, for a set of scopes (sorted, without repeats). */
export const authorizations = pgTable(
  'authorizations',
  {
    id: id('authorization')().primaryKey(),
    installationId: id('installation')()
      .notNull()
      .references(() => installations.id),
    rootOrganizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    appId: id('app')()
      .notNull()
      .references(() => connectedApps.id),
    userId: id('user')()
      .notNull()
      .references(() => users.id),
    /** The place in the root organization that the person said it from: whoever leaves and comes back says yes anew. */
    membershipId: id('membership')()
      .notNull()
      .references(() => memberships.id),
    scopes: text().array().notNull(),
    /** The installation's epoch when the yes was said. Live while it still is. */
    epoch: integer().notNull(),
    /** The allowlist entry that let it be said, or widened: over when that ends. Null: none was needed. */
    entryId: id('entry')().references(() => allowlistEntries.id),
    createdAt: moment().notNull().defaultNow(),
    /** When the scopes were last widened. */
    updatedAt: moment().notNull().defaultNow(),
    ip: inet(),
    userAgent: text(),
    lastUsedAt: moment(),
    endedAt: moment(),
    endedBy: id('user')().references(() => users.id),
    endedReason: authorizationEnd(),
  },
  (table) => [
    uniqueIndex('authorizations_once_per_membership_and_epoch')
      .on(table.installationId, table.membershipId, table.epoch)
      .where(sql`${table.endedAt} is null`),
    // The people of an app, in the order in which they used it last.
    index('authorizations_live_by_last_use')
      .on(table.installationId, table.epoch, table.lastUsedAt.desc().nullsLast(), table.id.desc())
      .where(sql`${table.endedAt} is null`),
    // The people of a root organization by last use, and what was not used for long.
    index('authorizations_of_a_root_by_last_use')
      .on(table.rootOrganizationId, table.lastUsedAt.desc().nullsLast(), table.id.desc())
      .where(sql`${table.endedAt} is null`),
    index('authorizations_of_a_user').on(table.userId, table.rootOrganizationId),
    index('authorizations_of_a_root').on(table.rootOrganizationId),
    index('authorizations_of_an_app').on(table.appId),
    index('authorizations_of_a_membership').on(table.membershipId),
    index('authorizations_of_an_entry').on(table.entryId).where(sql`${table.entryId} is not null`),
  ],
)

/**
 * A row is so many people more, or fewer, who hold this set of scopes in one epoch of an installation: added up they are how many yeses
 * were not ended, of people who are still there. Triggers add a row with whatever begins or ends one, so that yeses said at the same
 * moment wait for no counter; `add-up-tallies.ts` makes few rows of many. Read through `live_scope_sets` and `live_people`.
 */
export const authorizationTallies = pgTable(
  'authorization_tallies',
  {
    // No foreign keys: whoever leaves an organization would wait for each app that somebody is removing there.
    rootOrganizationId: id('organization')().notNull(),
    installationId: id('installation')().notNull(),
    epoch: integer().notNull(),
    scopes: text().array().notNull(),
    people: integer().notNull(),
  },
  (table) => [
    // The Authorizations list: the people and scopes of each row.
    index('authorization_tallies_of_an_installation').on(table.installationId, table.epoch),
    // What a change of the policy meets: all apps of a root organization.
    index('authorization_tallies_of_a_root').on(table.rootOrganizationId),
  ],
)

export const familyEnd = pgEnum('family_end', ['reuse', 'replay', 'revoked-by-app', 'removed'])

/** A row is all that came from one code or device code: what "Show details" lists. */
export const tokenFamilies = pgTable(
  'token_families',
  {
    id: id('tokenFamily')().primaryKey(),
    authorizationId: id('authorization')()
      .notNull()
      .references(() => authorizations.id),
    /** What this family may hold: the scopes asked for this time. */
    scopes: text().array().notNull(),
    createdAt: moment().notNull().defaultNow(),
    ip: inet(),
    userAgent: text(),
    lastUsedAt: moment(),
    endedAt: moment(),
    endedReason: familyEnd(),
  },
  (table) => [index('token_families_of_an_authorization').on(table.authorizationId, table.createdAt.desc())],
)

export const tokenKind = pgEnum('token_kind', [
  'authorization-code',
  'access-token',
  'refresh-token',
  'client-credentials',
])

/**
 * A row is one code or token. Its primary key is the SHA-256 of the value; the payload holds no plain value.
 * A row of a family lives through its authorization; one of an app acting for itself through the app's epoch.
 */
export const tokens = pgTable(
  'tokens',
  {
    hash: bytes().primaryKey(),
    kind: tokenKind().notNull(),
    appId: id('app')()
      .notNull()
      .references(() => connectedApps.id),
    familyId: id('tokenFamily')().references(() => tokenFamilies.id),
    /** The app's epoch at issue: only for `client-credentials`. */
    appEpoch: integer(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    /** A JWT (RFC 9068): what is hashed is all of it, and an API may have accepted it without asking. */
    isJwt: boolean().notNull().default(false),
    issuedAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    consumedAt: moment(),
    endedAt: moment(),
  },
  (table) => [
    check(
      'tokens_hang_on_a_family_or_on_an_app',
      sql`(${table.familyId} is null) = (${table.appEpoch} is not null)`,
    ),
    index('tokens_of_a_family').on(table.familyId),
    index('tokens_of_an_app').on(table.appId),
    // The purge job deletes what has long expired.
    index('tokens_by_expiry').on(table.expiresAt),
  ],
)

/** A row is something the authorization server remembers between two requests that is no token: an interaction, a browser's session, a pushed request, a replay marker. */
export const protocolRecords = pgTable(
  'protocol_records',
  {
    model: text().notNull(),
    idHash: bytes().notNull(),
    uidHash: bytes(),
    userCodeHash: bytes(),
    /** A browser's session stands on ours: it is found only while ours lives. */
    sessionId: id('session')().references(() => sessions.id),
    /** The payload under SECRET_KEY: it holds cookies, codes and whatever an app sent along. */
    sealedPayload: bytes().notNull(),
    expiresAt: moment().notNull(),
    consumedAt: moment(),
  },
  (table) => [
    primaryKey({ name: 'protocol_records_pk', columns: [table.model, table.idHash] }),
    index('protocol_records_by_uid').on(table.uidHash).where(sql`${table.uidHash} is not null`),
    index('protocol_records_by_user_code')
      .on(table.userCodeHash)
      .where(sql`${table.userCodeHash} is not null`),
    index('protocol_records_of_a_session').on(table.sessionId).where(sql`${table.sessionId} is not null`),
    index('protocol_records_by_expiry').on(table.expiresAt),
  ],
)

/** A row is the root organization a person last chose for an app (`prompt=none` uses it). */
export const organizationChoices = pgTable(
  'organization_choices',
  {
    userId: id('user')()
      .notNull()
      .references(() => users.id),
    appId: id('app')()
      .notNull()
      .references(() => connectedApps.id),
    rootOrganizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    chosenAt: moment().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: 'organization_choices_pk', columns: [table.userId, table.appId] }),
    index('organization_choices_of_an_app').on(table.appId),
    index('organization_choices_of_a_root').on(table.rootOrganizationId),
  ],
)

/**
 * The one place that says which yeses stand: not ended, of the installation's present epoch, by a person who
 * still has an account and a place in the organization, to an app that still exists, under no entry whose end has come.
 */
export const liveAuthorizations = pgView('live_authorizations', {
  id: id('authorization')().notNull(),
  installationId: id('installation')().notNull(),
  rootOrganizationId: id('organization')().notNull(),
  appId: id('app')().notNull(),
  userId: id('user')().notNull(),
  scopes: text().array().notNull(),
  createdAt: moment().notNull(),
  lastUsedAt: moment(),
  /** Whether its tokens are held back: the installation is frozen or blocked, the person is deactivated, or the app is now for its own organization only. */
  isHeld: boolean().notNull(),
  /** From where the app may be used here. */
  networkMode: networkMode().notNull(),
  networks: cidr().array().notNull(),
}).as(sql`
  select a.id, a.installation_id, a.root_organization_id, a.app_id, a.user_id, a.scopes, a.created_at, a.last_used_at,
    (i.frozen_at is not null or i.blocked_at is not null or u.deactivated_at is not null
      or (c.audience = 'internal' and c.root_organization_id <> a.root_organization_id)) as is_held,
    i.network_mode, i.networks
  from authorizations a
  join installations i on i.id = a.installation_id and i.epoch = a.epoch
  join users u on u.id = a.user_id and u.ended_at is null
  join memberships m on m.id = a.membership_id and m.ended_at is null
  join connected_apps c on c.id = a.app_id and c.ended_at is null
  where a.ended_at is null and not exists (
    select from allowlist_entries e
    where e.root_organization_id = a.root_organization_id and e.app_id = a.app_id
      and e.ends_at <= now() and (e.id = a.entry_id or a.created_at <= e.end_set_at))`)

/**
 * How many people hold which set of scopes of which app: `live_authorizations` counted by installation and set, at the cost of a few
 * rows an app however many people use it. Only where an entry's end has come are the yeses themselves counted (`live_scope_sets_of`): it comes with
 * the clock, and nothing is written then that a trigger could see.
 */
export const liveScopeSets = pgView('live_scope_sets', {
  installationId: id('installation')().notNull(),
  rootOrganizationId: id('organization')().notNull(),
  appId: id('app')().notNull(),
  scopes: text().array().notNull(),
  people: integer().notNull(),
}).as(sql`
  select i.id as installation_id, i.root_organization_id, i.app_id, t.scopes, sum(t.people)::int as people
  from installations i
  join connected_apps c on c.id = i.app_id and c.ended_at is null
  join authorization_tallies t on t.installation_id = i.id and t.epoch = i.epoch
  where not exists (
    select from allowlist_entries e
    where e.root_organization_id = i.root_organization_id and e.app_id = i.app_id and e.ends_at <= now())
  group by i.id, t.scopes
  having sum(t.people) > 0
  union all
  select i.id, i.root_organization_id, i.app_id, l.scopes, l.people
  from installations i
  cross join lateral live_scope_sets_of(i.id) l
  where exists (
    select from allowlist_entries e
    where e.root_organization_id = i.root_organization_id and e.app_id = i.app_id and e.ends_at <= now())`)

/**
 * How many people use which app, where anybody does: `live_scope_sets` without the sets, which take most of the time where all apps are read.
 * An entry's end is asked first (`offset 0`): of other apps nobody is counted one by one.
 */
export const livePeople = pgView('live_people', {
  installationId: id('installation')().notNull(),
  rootOrganizationId: id('organization')().notNull(),
  appId: id('app')().notNull(),
  people: integer().notNull(),
}).as(sql`
  select i.id as installation_id, i.root_organization_id, i.app_id, sum(t.people)::int as people
  from installations i
  join connected_apps c on c.id = i.app_id and c.ended_at is null
  join authorization_tallies t on t.installation_id = i.id and t.epoch = i.epoch
  where not exists (
    select from allowlist_entries e
    where e.root_organization_id = i.root_organization_id and e.app_id = i.app_id and e.ends_at <= now())
  group by i.id
  having sum(t.people) > 0
  union all
  select i.id, i.root_organization_id, i.app_id, l.people
  from (
    select * from installations i where exists (
      select from allowlist_entries e
      where e.root_organization_id = i.root_organization_id and e.app_id = i.app_id and e.ends_at <= now())
    offset 0) i
  cross join lateral (select sum(people)::int as people from live_scope_sets_of(i.id)) l
  where l.people > 0`)

/** The one place that says which codes and tokens are alive at this moment. */
export const liveTokens = pgView('live_tokens', {
  hash: bytes().notNull(),
  kind: tokenKind().notNull(),
  appId: id('app')().notNull(),
  familyId: id('tokenFamily')(),
  authorizationId: id('authorization')(),
  installationId: id('installation')(),
  userId: id('user')(),
  rootOrganizationId: id('organization')().notNull(),
  payload: jsonb().$type<Record<string, unknown>>().notNull(),
  isJwt: boolean().notNull(),
  issuedAt: moment().notNull(),
  expiresAt: moment().notNull(),
  consumedAt: moment(),
  /** From where the app may be used there; null where nothing was ever said of it. */
  networkMode: networkMode(),
  networks: cidr().array(),
}).as(sql`
  select t.hash, t.kind, t.app_id, t.family_id, l.id as authorization_id, l.installation_id, l.user_id,
    r.id as root_organization_id, t.payload, t.is_jwt, t.issued_at, t.expires_at, t.consumed_at,
    coalesce(l.network_mode, h.network_mode) as network_mode, coalesce(l.networks, h.networks) as networks
  from tokens t
  join connected_apps c on c.id = t.app_id and c.ended_at is null and c.disabled_at is null
  join organizations p on p.id = c.root_organization_id and p.suspended_at is null and p.ended_at is null
  left join token_families f on f.id = t.family_id and f.ended_at is null
  left join live_authorizations l on l.id = f.authorization_id and not l.is_held
  join organizations r on r.id = coalesce(l.root_organization_id, c.root_organization_id)
    and r.suspended_at is null and r.ended_at is null
  left join installations h on h.root_organization_id = c.root_organization_id
    and h.app_id = case when t.family_id is null then c.id end
  where t.ended_at is null and t.expires_at > now()
    and case when t.family_id is null then t.app_epoch = c.epoch else l.id is not null end`)
