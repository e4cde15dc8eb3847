import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core'
import { cidr, id, moment } from '../columns.ts'
import { connectedApps } from './connected-apps.ts'
import { organizations } from './organizations.ts'
import { users } from './users.ts'

/** Whether an app is held to its networks: not at all, at every use, or at every use but a refresh. */
export const networkMode = pgEnum('network_mode', ['off', 'enforce', 'enforce-except-refresh'])

/** A row is a root organization's standing on an app: its states and its epoch. Made with the first authorization, freeze, block or limit; never deleted. */
export const installations = pgTable(
  'installations',
  {
    id: id('installation')().primaryKey(),
    rootOrganizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    appId: id('app')()
      .notNull()
      .references(() => connectedApps.id),
    /** Authorizations carry the number of their day and live while it is this one. */
    epoch: integer().notNull().default(0),
    createdAt: moment().notNull().defaultNow(),
    /** When somebody authorized it for the first time; null: nobody did, and the row is of a freeze, a block or a limit. */
    firstAuthorizedAt: moment(),
    lastUsedAt: moment(),
    /** Until when, to the full minute, a JWT access token for its people may be accepted by an API that does not ask. */
    jwtsUntil: moment(),
    frozenAt: moment(),
    frozenBy: id('user')().references(() => users.id),
    blockedAt: moment(),
    blockedBy: id('user')().references(() => users.id),
    /** From where it may be used, where the mode says so; kept while it is off. */
    networks: cidr().array().notNull().default([]),
    networkMode: networkMode().notNull().default('off'),
    /** Of its networks: who saves them says which they saw. */
    networksVersion: integer().notNull().default(0),
  },
  (table) => [
    unique('installations_once_per_root_organization').on(table.rootOrganizationId, table.appId),
    // A block takes the place of a freeze: lifted, it leaves nothing behind that still stops the app.
    check(
      'installations_blocked_are_not_frozen',
      sql`${table.blockedAt} is null or ${table.frozenAt} is null`,
    ),
    check(
      'installations_held_to_networks_have_some',
      sql`${table.networkMode} = 'off' or cardinality(${table.networks}) > 0`,
    ),
    index('installations_of_an_app').on(table.appId),
    // The Authorizations list: what is frozen stands there, also if nobody uses it.
    index('installations_frozen_of_a_root')
      .on(table.rootOrganizationId)
      .where(sql`${table.frozenAt} is not null`),
    // The same of what is held to networks.
    index('installations_held_of_a_root')
      .on(table.rootOrganizationId)
      .where(sql`${table.networkMode} <> 'off'`),
    // The Authorizations list, by last use.
    index('installations_of_a_root_by_last_use').on(
      table.rootOrganizationId,
      table.lastUsedAt.desc().nullsLast(),
      table.id.desc(),
    ),
    // The Blocked list, the latest first.
    index('installations_blocked')
      .on(table.rootOrganizationId, table.blockedAt.desc(), table.id.desc())
      .where(sql`${table.blockedAt} is not null`),
  ],
)

export const removalKind = pgEnum('removal_kind', ['app', 'apps', 'people', 'person', 'publisher'])

/**
 * A row is the receipt of one act that ended authorizations: who, when, and what ended, counted to the end by a job. Names are
 * those of that day.
 */
export const removals = pgTable(
  'removals',
  {
    id: id('removal')().primaryKey(),
    rootOrganizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    kind: removalKind().notNull(),
    removedAt: moment().notNull().defaultNow(),
    removedBy: id('user')().references(() => users.id),
    removedByName: text().notNull(),
    /** Whose authorizations ended, where they were all of one person. */
    personId: id('user')().references(() => users.id),
    personName: text(),
    isBlocked: boolean().notNull().default(false),
    isEntryRemoved: boolean().notNull().default(false),
    /** How many apps ended for somebody; the rest as far as it is counted. */
    apps: integer().notNull(),
    /** Of these, how many were frozen, and stay so. */
    frozen: integer().notNull().default(0),
    authorizations: integer().notNull().default(0),
    families: integer().notNull().default(0),
    tokens: integer().notNull().default(0),
    /** Until when JWTs that were out may be accepted, once that was looked at: after what ends them was committed. */
    jwtsUntil: moment(),
    jwtsSeenAt: moment(),
    /** When something was counted last, and when all was. */
    countingAt: moment(),
    countedAt: moment(),
  },
  (table) => [
    index('removals_of_a_root').on(table.rootOrganizationId, table.id.desc()),
    index('removals_of_a_person').on(table.personId).where(sql`${table.personId} is not null`),
    // Those whose process died are set going again.
    index('removals_being_counted').on(table.id).where(sql`${table.countedAt} is null`),
  ],
)

/** A row is what of one receipt is counted by itself: all of an epoch of an installation, or one authorization. */
export const removalParts = pgTable(
  'removal_parts',
  {
    removalId: id('removal')()
      .notNull()
      .references(() => removals.id),
    number: integer().notNull(),
    installationId: id('installation')()
      .notNull()
      .references(() => installations.id),
    appName: text().notNull(),
    /** Of one authorization: whose it was. */
    personName: text(),
    epoch: integer().notNull(),
    /** Null for all of them. No reference: that table is declared upon this one, and nothing of it is deleted. */
    authorizationId: id('authorization')(),
    authorizations: integer().notNull().default(0),
    families: integer().notNull().default(0),
    tokens: integer().notNull().default(0),
    /** The membership of the last one counted: in this order they stand in an index, and nothing moves them. */
    countedTo: id('membership')(),
    countedAt: moment(),
  },
  (table) => [
    primaryKey({ name: 'removal_parts_pk', columns: [table.removalId, table.number] }),
    // The receipts of an app.
    index('removal_parts_of_an_installation').on(table.installationId, table.removalId.desc()),
  ],
)
