import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytes, id, inet, moment } from '../columns.ts'
import { organizations } from './organizations.ts'

/** A row is a person with an account. Administered by the home root organization alone. */
export const users = pgTable(
  'users',
  {
    id: id('user')().primaryKey(),
    username: text().notNull(),
    email: text().notNull(),
    fullName: text().notNull(),
    /** argon2id; null while the person has not chosen a password. */
    passwordHash: text(),
    homeOrganizationId: id('organization')().references((): AnyPgColumn => organizations.id),
    /** Set while the person runs the deployment: makes and suspends root organizations, sees nothing inside. */
    operatorSince: moment(),
    passwordChangedAt: moment(),
    createdAt: moment().notNull().defaultNow(),
    deactivatedAt: moment(),
    endedAt: moment(),
    endedReason: text(),
  },
  (table) => [
    uniqueIndex('users_username_is_unique')
      .on(sql`lower(${table.username})`)
      .where(sql`${table.endedAt} is null`),
    uniqueIndex('users_email_is_unique').on(sql`lower(${table.email})`).where(sql`${table.endedAt} is null`),
    // People of an app and owner pickers list by name.
    index('users_by_name').on(table.fullName, table.id),
    // The search of the Authorizations list: whose app it is, by any part of what they are called.
    index('users_by_any_part').using(
      'gin',
      table.fullName.op('gin_trgm_ops'),
      table.username.op('gin_trgm_ops'),
      table.email.op('gin_trgm_ops'),
    ),
    index('users_by_home_organization').on(table.homeOrganizationId),
    check('users_email_has_an_at_sign', sql`${table.email} like '%_@_%'`),
  ],
)

export const sessionEnd = pgEnum('session_end', [
  'signed-out',
  'signed-in-again',
  'password-changed',
  'revoked',
  'account-ended',
])

/**
 * A row is one sign-in, at a browser or by a script: the only truth about who is signed in, for the console and for OAuth.
 * Cookies carry its id, encrypted; a script carries a token of which only the hash is here.
 */
export const sessions = pgTable(
  'sessions',
  {
    id: id('session')().primaryKey(),
    userId: id('user')()
      .notNull()
      .references(() => users.id),
    createdAt: moment().notNull().defaultNow(),
    /** When the person last proved who they are (`auth_time`). */
    authenticatedAt: moment().notNull().defaultNow(),
    /** How (RFC 8176 `amr` values). */
    authenticationMethods: text().array().notNull(),
    ip: inet(),
    userAgent: text(),
    lastSeenAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    /** SHA-256 of the token that stands for it at our own API; null: the sign-in is a browser's. */
    tokenHash: bytes(),
    endedAt: moment(),
    endedReason: sessionEnd(),
  },
  (table) => [
    index('sessions_of_a_user').on(table.userId),
    index('sessions_by_expiry').on(table.expiresAt),
    uniqueIndex('sessions_by_token').on(table.tokenHash).where(sql`${table.tokenHash} is not null`),
  ],
)

/** A row counts the failed tries at one account or from one address within a window; it survives restarts and is shared by all processes. */
export const signInThrottles = pgTable('sign_in_throttles', {
  /** SHA-256 of `account:` and what was tried (a person, a login of nobody, user codes from an address), or of `ip:` and the address. */
  keyHash: bytes().primaryKey(),
  failures: integer().notNull(),
  windowStartedAt: moment().notNull(),
})

export const accountLinkPurpose = pgEnum('account_link_purpose', ['password-reset', 'email-change'])

/** A row is one link that was mailed to a person: good once, and for minutes. Its value is nowhere. */
export const accountLinks = pgTable(
  'account_links',
  {
    /** SHA-256 of the link's token. */
    tokenHash: bytes().primaryKey(),
    purpose: accountLinkPurpose().notNull(),
    userId: id('user')()
      .notNull()
      .references(() => users.id),
    /** For `email-change`: the address that shows, by the link, that it is the person's. */
    newEmail: text(),
    createdAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    usedAt: moment(),
    /** Another link took its place, or what it was for happened some other way. */
    endedAt: moment(),
  },
  (table) => [
    index('account_links_of_a_user').on(table.userId),
    index('account_links_by_expiry').on(table.expiresAt),
    check(
      'account_links_a_change_names_the_address',
      sql`(${table.purpose} = 'email-change') = (${table.newEmail} is not null)`,
    ),
  ],
)
