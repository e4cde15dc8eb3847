import { sql } from 'drizzle-orm'
import { index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytes, id, moment } from '../columns.ts'
import { connectedApps } from './connected-apps.ts'
import { membershipRole, organizations } from './organizations.ts'
import { users } from './users.ts'

/** A row is a group of people of one root organization, named together wherever people are chosen. */
export const groups = pgTable(
  'groups',
  {
    id: id('group')().primaryKey(),
    rootOrganizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    name: text().notNull(),
    description: text().notNull().default(''),
    version: integer().notNull().default(1),
    createdAt: moment().notNull().defaultNow(),
    createdBy: id('user')().references(() => users.id),
    endedAt: moment(),
    endedBy: id('user')().references(() => users.id),
  },
  (table) => [
    uniqueIndex('groups_name_is_unique_in_its_root_organization')
      .on(table.rootOrganizationId, sql`lower(${table.name})`)
      .where(sql`${table.endedAt} is null`),
  ],
)

/** A row is one person in a group. Counts only while the person has a place in the root organization. */
export const groupMembers = pgTable(
  'group_members',
  {
    groupId: id('group')()
      .notNull()
      .references(() => groups.id),
    userId: id('user')()
      .notNull()
      .references(() => users.id),
    addedAt: moment().notNull().defaultNow(),
    addedBy: id('user')().references(() => users.id),
  },
  (table) => [
    primaryKey({ name: 'group_members_pk', columns: [table.groupId, table.userId] }),
    index('group_members_of_a_user').on(table.userId),
  ],
)

/** A row is a place offered by mail. Whoever opens the link within its days takes it; the link's value is nowhere. */
export const invitations = pgTable(
  'invitations',
  {
    id: id('invitation')().primaryKey(),
    organizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    rootOrganizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    email: text().notNull(),
    role: membershipRole().notNull(),
    appsMax: integer(),
    /** SHA-256 of the link's token; a new mail makes a new one. */
    tokenHash: bytes().notNull(),
    invitedBy: id('user')().references(() => users.id),
    /** The app that sent it by a token of its own; then it is good as long as that may invite. */
    invitedByAppId: id('app')().references(() => connectedApps.id),
    createdAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    acceptedAt: moment(),
    acceptedBy: id('user')().references(() => users.id),
    endedAt: moment(),
    endedBy: id('user')().references(() => users.id),
  },
  (table) => [
    uniqueIndex('invitations_once_per_address_and_organization')
      .on(table.organizationId, sql`lower(${table.email})`)
      .where(sql`${table.acceptedAt} is null and ${table.endedAt} is null`),
    uniqueIndex('invitations_by_token').on(table.tokenHash),
    index('invitations_of_a_root').on(table.rootOrganizationId),
    index('invitations_accepted_by').on(table.acceptedBy).where(sql`${table.acceptedBy} is not null`),
  ],
)
