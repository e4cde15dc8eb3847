import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytes, id, inet, moment } from '../columns.ts'
import { environments, organizations } from './organizations.ts'
import { users } from './users.ts'

export const riskClass = pgEnum('risk_class', ['low', 'medium', 'high'])
export const tokenFormat = pgEnum('token_format', ['opaque', 'jwt'])
export const appAudience = pgEnum('app_audience', ['internal', 'everyone'])

/** A row is a protected resource that scopes belong to. */
export const apis = pgTable(
  'apis',
  {
    id: id('api')().primaryKey(),
    /** Null for what every deployment has: our own API and the OpenID Connect scopes. */
    rootOrganizationId: id('organization')().references(() => organizations.id),
    name: text().notNull(),
    /** What introspection names as `aud`: an absolute URI (RFC 8707). Never changes, and nobody's else after the API ended. */
    audience: text().notNull().unique('apis_audience_is_unique'),
    /** What the names of its scopes begin with, before a colon. Its own for ever, so that no name ever means something else. Null: built in. */
    scopePrefix: text().unique('apis_scope_prefix_is_unique'),
    /** `everyone`: apps of other organizations may ask this root's people for its scopes. */
    openTo: appAudience().notNull().default('internal'),
    /** The app that answers for this API and may introspect tokens that hold its scopes. */
    resourceServerAppId: id('app')().references((): AnyPgColumn => connectedApps.id),
    description: text().notNull().default(''),
    /** `jwt` only for tokens that name the API as their `resource`; every other token is opaque. */
    tokenFormat: tokenFormat().notNull().default('opaque'),
    /** How long such a JWT is good for: nothing ends it earlier. */
    jwtLifetimeSeconds: integer().notNull().default(300),
    version: integer().notNull().default(1),
    createdAt: moment().notNull().defaultNow(),
    createdBy: id('user')().references((): AnyPgColumn => users.id),
    updatedAt: moment().notNull().defaultNow(),
    updatedBy: id('user')().references((): AnyPgColumn => users.id),
    endedAt: moment(),
    endedBy: id('user')().references((): AnyPgColumn => users.id),
  },
  (table) => [
    check(
      'apis_scope_prefix_is_plain',
      sql`${table.scopePrefix} ~ '^[a-z][a-z0-9]*([.-][a-z0-9]+)*$' and length(${table.scopePrefix}) between 2 and 40`,
    ),
    check('apis_jwts_live_five_minutes_at_most', sql`${table.jwtLifetimeSeconds} between 60 and 300`),
    index('apis_of_a_root').on(table.rootOrganizationId),
    index('apis_of_a_resource_server').on(table.resourceServerAppId),
  ],
)

/** A row is one thing an app may ask for. */
export const scopes = pgTable(
  'scopes',
  {
    name: text().primaryKey(),
    apiId: id('api')()
      .notNull()
      .references(() => apis.id),
    /** What consent says: "Read orders and their line items". */
    title: text().notNull(),
    description: text().notNull(),
    risk: riskClass().notNull(),
    /** Whether an app acting for itself must say for which organizations. */
    needsOrganization: boolean().notNull().default(false),
    needsEnvironment: boolean().notNull().default(false),
    version: integer().notNull().default(1),
    createdAt: moment().notNull().defaultNow(),
    createdBy: id('user')().references((): AnyPgColumn => users.id),
    updatedAt: moment().notNull().defaultNow(),
    updatedBy: id('user')().references((): AnyPgColumn => users.id),
    /** Nobody may be given it any more; what already holds it loses it at the next request. */
    endedAt: moment(),
    endedBy: id('user')().references((): AnyPgColumn => users.id),
  },
  (table) => [
    index('scopes_of_an_api').on(table.apiId),
    // What an app holds that has ended: asked each time it gets a token of its own.
    index('scopes_that_ended').on(table.name).where(sql`${table.endedAt} is not null`),
    check('scopes_name_is_a_scope_token', sql`${table.name} ~ '^[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,100}$'`),
  ],
)

export const actsAs = pgEnum('acts_as', ['user', 'itself'])
export const clientType = pgEnum('client_type', ['server', 'browser', 'native'])
export const appOrigin = pgEnum('app_origin', ['console', 'api', 'dynamic-registration'])

/** A row is something an organization owns and registers, that asks for tokens. */
export const connectedApps = pgTable(
  'connected_apps',
  {
    id: id('app')().primaryKey(),
    clientId: text().notNull().unique('connected_apps_client_id_is_unique'),
    /** Where the app resides: a root organization or one of its business groups. */
    organizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    rootOrganizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    name: text().notNull(),
    description: text().notNull().default(''),
    website: text(),
    actsAs: actsAs().notNull(),
    /** Only a `server` can keep a secret (RFC 6749 §2.1). */
    clientType: clientType().notNull(),
    grantTypes: text().array().notNull(),
    redirectUris: text().array().notNull().default(sql`'{}'`),
    /** Where single sign-on may start the app (OpenID Connect Core §4). */
    initiateLoginUri: text(),
    /** Where the app publishes the keys it signs its client assertions with (RFC 7523 §2.2), beside those registered here. */
    jwksUri: text(),
    audience: appAudience().notNull().default('internal'),
    scopes: text().array().notNull().default(sql`'{}'`),
    requiresPkce: boolean().notNull().default(true),
    /** Named by its root organization to read every token of that organization's people and apps. */
    introspectsOrganization: boolean().notNull().default(false),
    origin: appOrigin().notNull().default('console'),
    registeredByAppId: id('app')().references((): AnyPgColumn => connectedApps.id),
    createdBy: id('user')().references(() => users.id),
    ownerId: id('user')()
      .notNull()
      .references(() => users.id),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
    updatedBy: id('user')().references(() => users.id),
    /** Grows by one with each saved change, so that a save over someone else's newer save is noticed. */
    version: integer().notNull().default(1),
    /** Tokens the app holds for itself carry this number and die when it grows. */
    epoch: integer().notNull().default(0),
    /** Since when its secret should be rotated: someone who knew it is no longer responsible. */
    rotationDueSince: moment(),
    lastUsedAt: moment(),
    /** Until when, to the full minute, a JWT access token it was given may be accepted by an API that does not ask. */
    jwtsUntil: moment(),
    disabledAt: moment(),
    disabledBy: id('user')().references(() => users.id),
    endedAt: moment(),
    endedBy: id('user')().references(() => users.id),
  },
  (table) => [
    uniqueIndex('connected_apps_name_per_root_organization')
      .on(table.rootOrganizationId, sql`lower(${table.name})`)
      .where(sql`${table.endedAt} is null`),
    check(
      'connected_apps_name_is_trimmed_and_short',
      sql`${table.name} = btrim(${table.name}) and length(${table.name}) between 1 and 100`,
    ),
    check(
      'connected_apps_only_servers_act_for_themselves',
      sql`${table.actsAs} = 'user' or ${table.clientType} = 'server'`,
    ),
    check(
      'connected_apps_public_clients_use_pkce',
      sql`${table.requiresPkce} or ${table.clientType} = 'server'`,
    ),
    check('connected_apps_at_most_1000_scopes', sql`cardinality(${table.scopes}) <= 1000`),
    check('connected_apps_at_most_100_redirect_uris', sql`cardinality(${table.redirectUris}) <= 100`),
    // Owned Apps, sorted by name and by last use.
    index('connected_apps_of_a_root_by_name')
      .on(table.rootOrganizationId, sql`lower(${table.name})`, table.id)
      .where(sql`${table.endedAt} is null`),
    index('connected_apps_of_a_root_by_last_use')
      .on(
        table.rootOrganizationId,
        sql`coalesce(${table.lastUsedAt}, '-infinity'::timestamptz) desc`,
        table.id.desc(),
      )
      .where(sql`${table.endedAt} is null`),
    index('connected_apps_of_a_root_by_creation')
      .on(table.rootOrganizationId, table.createdAt.desc(), table.id.desc())
      .where(sql`${table.endedAt} is null`),
    // How many should have their secret rotated, and which.
    index('connected_apps_due_for_rotation')
      .on(table.rootOrganizationId, sql`lower(${table.name})`)
      .where(sql`${table.endedAt} is null and ${table.rotationDueSince} is not null`),
    // Who owns apps here, each owner looked at once however many apps they own.
    index('connected_apps_of_a_root_by_owner')
      .on(table.rootOrganizationId, table.ownerId)
      .where(sql`${table.endedAt} is null`),
    index('connected_apps_of_an_organization').on(table.organizationId).where(sql`${table.endedAt} is null`),
    index('connected_apps_of_an_owner').on(table.ownerId),
    index('connected_apps_of_a_registering_app')
      .on(table.registeredByAppId)
      .where(sql`${table.registeredByAppId} is not null`),
    index('connected_apps_by_creator').on(table.createdBy),
  ],
)

/**
 * A row is what Owned Apps finds one live app by. Triggers on apps and their secrets keep it; it stands apart so that recording a
 * use, which writes the app's own row all day, never touches these indexes.
 */
export const appSearch = pgTable(
  'app_search',
  {
    appId: id('app')()
      .primaryKey()
      .references(() => connectedApps.id, { onDelete: 'cascade' }),
    rootOrganizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    /** The name in small letters: what the list is ordered by. */
    sortName: text().notNull(),
    /** Name, client ID and redirect hosts in small letters, a line each. */
    words: text().notNull(),
    redirectHosts: text().notNull(),
    /** What an app can be chosen by, one word each: `root:…`, `acts-as:itself`, `state:disabled`, `scope:orders:read`. */
    facets: text().array().notNull(),
    /** Of the secret that works longest: when it was made, and when it ends: `infinity` is never, `-infinity` stands where none is left, null where an app needs none. */
    secretMadeAt: moment(),
    secretEndsAt: moment(),
  },
  (table) => [
    index('app_search_by_words_and_facets').using(
      'gin',
      table.words.op('gin_trgm_ops'),
      table.redirectHosts.op('gin_trgm_ops'),
      table.facets,
    ),
    // What many apps have in common is found in the order of the list, row by row, until a page is full.
    index('app_search_of_a_root_by_name').on(table.rootOrganizationId, table.sortName, table.appId),
    index('app_search_by_age_of_secret').on(table.secretMadeAt),
    index('app_search_by_end_of_secret').on(table.secretEndsAt),
  ],
)

/** A row is one organization (and environment, where the scope needs one) in which an app acting for itself may use a scope. */
export const appContexts = pgTable(
  'app_contexts',
  {
    appId: id('app')()
      .notNull()
      .references(() => connectedApps.id),
    scope: text()
      .notNull()
      .references(() => scopes.name),
    organizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    environmentId: id('environment')().references(() => environments.id),
  },
  (table) => [
    unique('app_contexts_are_named_once')
      .on(table.appId, table.scope, table.organizationId, table.environmentId)
      .nullsNotDistinct(),
    index('app_contexts_of_an_organization').on(table.organizationId),
    index('app_contexts_of_a_scope').on(table.scope),
    index('app_contexts_of_an_environment').on(table.environmentId),
  ],
)

export const secretSource = pgEnum('secret_source', ['generated', 'chosen'])

/** A row is one client secret; several of an app may be live at once. The value itself is nowhere. */
export const appSecrets = pgTable(
  'app_secrets',
  {
    id: id('secret')().primaryKey(),
    appId: id('app')()
      .notNull()
      .references(() => connectedApps.id),
    name: text().notNull(),
    /** HMAC-SHA-256 under a key derived from SECRET_KEY. */
    hash: bytes().notNull(),
    lastFour: text().notNull(),
    source: secretSource().notNull(),
    createdBy: id('user')().references(() => users.id),
    createdAt: moment().notNull().defaultNow(),
    /** Null: until somebody ends it. */
    expiresAt: moment(),
    endedAt: moment(),
    endedBy: id('user')().references(() => users.id),
    lastUsedAt: moment(),
    lastUsedIp: inet(),
    /** The least number of days left of which its app's owner was told. */
    expiryToldDays: integer(),
  },
  (table) => [
    index('app_secrets_of_an_app').on(table.appId, table.createdAt),
    // "Not equal to former ones" asks for it.
    uniqueIndex('app_secrets_are_never_used_twice').on(table.appId, table.hash),
    index('app_secrets_by_author').on(table.createdBy),
    // Whom to tell that a secret ends soon.
    index('app_secrets_by_expiry').on(table.expiresAt).where(sql`${table.endedAt} is null`),
  ],
)

/** A row is one public key an app may sign its client assertions with (private_key_jwt), beside its secrets. */
export const appKeys = pgTable(
  'app_keys',
  {
    id: id('appKey')().primaryKey(),
    appId: id('app')()
      .notNull()
      .references(() => connectedApps.id),
    name: text().notNull(),
    /** RFC 7638 thumbprint where the key came without a `kid`. */
    kid: text().notNull(),
    /** The public half alone: a key that came with its private half is refused. */
    publicJwk: jsonb().$type<Record<string, string>>().notNull(),
    createdBy: id('user')().references(() => users.id),
    createdAt: moment().notNull().defaultNow(),
    expiresAt: moment(),
    endedAt: moment(),
    endedBy: id('user')().references(() => users.id),
    lastUsedAt: moment(),
    lastUsedIp: inet(),
    /** The least number of days left of which its app's owner was told. */
    expiryToldDays: integer(),
  },
  (table) => [
    index('app_keys_of_an_app').on(table.appId, table.createdAt),
    // Whom to tell that a key ends soon.
    index('app_keys_by_expiry').on(table.expiresAt).where(sql`${table.endedAt} is null`),
    uniqueIndex('app_keys_kid_is_unique_in_its_app')
      .on(table.appId, table.kid)
      .where(sql`${table.endedAt} is null`),
  ],
)

/** A row is an app's logo, re-encoded by us whatever was uploaded. */
export const appLogos = pgTable(
  'app_logos',
  {
    appId: id('app')()
      .primaryKey()
      .references(() => connectedApps.id),
    /** SHA-256 of the picture: its address, so that browsers keep it. */
    sha256: bytes().notNull(),
    png: bytes().notNull(),
    updatedAt: moment().notNull().defaultNow(),
    updatedBy: id('user')().references(() => users.id),
  },
  // Who asks for a picture knows its address alone.
  (table) => [index('app_logos_by_address').on(table.sha256)],
)

/** A row is one act that makes new secrets for many apps. A job works it off; whoever began it takes the secrets along, once. */
export const bulkRotations = pgTable(
  'bulk_rotations',
  {
    id: id('bulkRotation')().primaryKey(),
    organizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    rootOrganizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    overlapHours: integer().notNull(),
    /** Null when an app began it for itself. */
    startedBy: id('user')().references(() => users.id),
    /** The app that began it, for itself or for a person; null in the console. */
    startedByAppId: id('app')().references(() => connectedApps.id),
    /** What that app's token held: each app is asked for with no more. */
    startedWithScopes: text().array().notNull().default(sql`'{}'`),
    startedAt: moment().notNull().defaultNow(),
    finishedAt: moment(),
    /** From then on the new secrets are nowhere here. */
    handedOverAt: moment(),
    /** Nobody took them along in time: they are nowhere any more, and their apps are due again. */
    forgottenAt: moment(),
  },
  (table) => [
    index('bulk_rotations_of_an_organization').on(table.organizationId, table.startedAt.desc()),
    index('bulk_rotations_of_a_root').on(table.rootOrganizationId),
    index('bulk_rotations_by_who_started_them').on(table.startedBy, table.startedAt.desc()),
    index('bulk_rotations_by_app').on(table.startedByAppId).where(sql`${table.startedByAppId} is not null`),
    // What is to be worked off, and whose secrets are to be forgotten.
    index('bulk_rotations_not_over')
      .on(table.startedAt)
      .where(sql`${table.handedOverAt} is null and ${table.forgottenAt} is null`),
    check(
      'bulk_rotations_are_begun_by_somebody',
      sql`${table.startedBy} is not null or ${table.startedByAppId} is not null`,
    ),
  ],
)

/** A row is one app of a bulk rotation: waiting until it is done, with its new secret or a refusal. */
export const bulkRotationApps = pgTable(
  'bulk_rotation_apps',
  {
    bulkRotationId: id('bulkRotation')()
      .notNull()
      .references(() => bulkRotations.id),
    appId: id('app')()
      .notNull()
      .references(() => connectedApps.id),
    doneAt: moment(),
    /** How often it failed for a reason nobody foresaw. */
    failures: integer().notNull().default(0),
    /** Why the app got no new secret, in words. */
    refusal: text(),
    secretId: id('secret')().references(() => appSecrets.id),
    /** The new secret under SECRET_KEY, until it is handed over. */
    sealedSecret: bytes(),
  },
  (table) => [
    primaryKey({ name: 'bulk_rotation_apps_pk', columns: [table.bulkRotationId, table.appId] }),
    index('bulk_rotation_apps_of_an_app').on(table.appId),
    index('bulk_rotation_apps_of_a_secret').on(table.secretId).where(sql`${table.secretId} is not null`),
    index('bulk_rotation_apps_waiting').on(table.bulkRotationId).where(sql`${table.doneAt} is null`),
    // Of two bulk rotations begun at once, one has the app.
    uniqueIndex('bulk_rotation_apps_wait_in_one_rotation')
      .on(table.appId)
      .where(sql`${table.doneAt} is null`),
  ],
)
