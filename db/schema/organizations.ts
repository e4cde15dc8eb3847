import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { id, moment } from '../columns.ts'
import { users } from './users.ts'

export const appCreation = pgEnum('app_creation', ['nobody', 'administrators', 'developers'])

/** A row is a root organization (no parent) or a business group (with one). */
export const organizations = pgTable(
  'organizations',
  {
    id: id('organization')().primaryKey(),
    name: text().notNull(),
    parentId: id('organization')().references((): AnyPgColumn => organizations.id),
    /** Itself for a root organization. */
    rootOrganizationId: id('organization')()
      .notNull()
      .references((): AnyPgColumn => organizations.id),
    /** The root organization's owner: apps of people who leave go to them. */
    ownerId: id('user')().references((): AnyPgColumn => users.id),
    website: text(),
    /** Of a root organization: who may create apps anywhere in its tree; those that exist go on. */
    appCreation: appCreation().notNull().default('developers'),
    /** Of a root organization: how many apps its tree may hold. */
    appsMax: integer().notNull().default(2000),
    /** Of a root organization: how long a client secret may live. Null: until somebody ends it. */
    secretDaysMax: integer(),
    /** Of a root organization: whether scripts may trade its people's passwords for tokens at `/accounts/login`. */
    allowsPasswordTokens: boolean().notNull().default(false),
    /** Grows by one with each saved change, so that a save over someone else's newer save is noticed. */
    version: integer().notNull().default(1),
    createdAt: moment().notNull().defaultNow(),
    suspendedAt: moment(),
    suspendedBy: id('user')().references((): AnyPgColumn => users.id),
    endedAt: moment(),
    endedBy: id('user')().references((): AnyPgColumn => users.id),
  },
  (table) => [
    check(
      'organizations_root_has_an_owner_and_no_parent',
      sql`(${table.parentId} is null) = (${table.id} = ${table.rootOrganizationId}) and (${table.parentId} is null) = (${table.ownerId} is not null)`,
    ),
    uniqueIndex('organizations_name_is_unique_among_siblings')
      .on(table.parentId, sql`lower(${table.name})`)
      .where(sql`${table.endedAt} is null and ${table.parentId} is not null`),
    check('organizations_holds_at_least_one_app', sql`${table.appsMax} >= 1`),
    check(
      'organizations_secrets_live_at_least_a_day',
      sql`${table.secretDaysMax} is null or ${table.secretDaysMax} between 1 and 3650`,
    ),
    index('organizations_of_a_root').on(table.rootOrganizationId),
    // The operator's list.
    index('organizations_roots_by_name')
      .on(sql`lower(${table.name})`, table.id)
      .where(sql`${table.parentId} is null and ${table.endedAt} is null`),
    index('organizations_of_an_owner').on(table.ownerId),
  ],
)

/** A row says that one organization stands above another (or is it: depth 0). Rights are inherited along these rows. */
export const organizationAncestors = pgTable(
  'organization_ancestors',
  {
    organizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    ancestorId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    depth: integer().notNull(),
  },
  (table) => [
    primaryKey({ name: 'organization_ancestors_pk', columns: [table.organizationId, table.ancestorId] }),
    index('organization_ancestors_downwards').on(table.ancestorId, table.organizationId),
  ],
)

export const environmentKind = pgEnum('environment_kind', ['design', 'sandbox', 'production'])

/** A row is a label of an organization that a scope may be limited to. */
export const environments = pgTable(
  'environments',
  {
    id: id('environment')().primaryKey(),
    organizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    name: text().notNull(),
    kind: environmentKind().notNull(),
    version: integer().notNull().default(1),
    endedAt: moment(),
  },
  (table) => [
    uniqueIndex('environments_name_is_unique_in_its_organization')
      .on(table.organizationId, sql`lower(${table.name})`)
      .where(sql`${table.endedAt} is null`),
  ],
)

export const membershipRole = pgEnum('membership_role', ['administrator', 'developer', 'member'])

/** A row is a person's place in one organization. Whoever has one in a business group has one in its root too. */
export const memberships = pgTable(
  'memberships',
  {
    id: id('membership')().primaryKey(),
    userId: id('user')()
      .notNull()
      .references(() => users.id),
    organizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    rootOrganizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    role: membershipRole().notNull(),
    /** Of a developer: how many apps they may own here and below. Null: as many as the tree may hold. */
    appsMax: integer(),
    createdAt: moment().notNull().defaultNow(),
    endedAt: moment(),
    endedBy: id('user')().references(() => users.id),
    endedReason: text(),
  },
  (table) => [
    uniqueIndex('memberships_once_per_organization')
      .on(table.userId, table.organizationId)
      .where(sql`${table.endedAt} is null`),
    index('memberships_of_an_organization')
      .on(table.organizationId, table.role)
      .where(sql`${table.endedAt} is null`),
    index('memberships_of_a_root').on(table.rootOrganizationId, table.userId),
    index('memberships_by_who_ended_them').on(table.endedBy).where(sql`${table.endedBy} is not null`),
  ],
)
