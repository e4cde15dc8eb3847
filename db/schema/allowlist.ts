import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  pgView,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytes, id, moment } from '../columns.ts'
import { connectedApps } from './connected-apps.ts'
import { organizations } from './organizations.ts'
import { groups } from './people.ts'
import { users } from './users.ts'

export const allowlistMode = pgEnum('allowlist_mode', ['unrestricted', 'restricted', 'closed'])

/** A row is one root organization's policy: which apps its people may authorize. Consent holds it FOR SHARE, changes hold it FOR UPDATE. */
export const allowlists = pgTable('allowlists', {
  rootOrganizationId: id('organization')()
    .primaryKey()
    .references(() => organizations.id),
  mode: allowlistMode().notNull().default('unrestricted'),
  /** Under Restricted: whether internal apps pass without an entry. */
  internalAutoApproval: boolean().notNull().default(true),
  /** Under Restricted: whether an app that asks for more than its entry holds is given what the entry holds, instead of nothing. */
  grantsApprovedOnly: boolean().notNull().default(false),
  /** Whether those who answer requests are told of them by mail. */
  tellsOfRequests: boolean().notNull().default(true),
  version: integer().notNull().default(1),
  updatedAt: moment().notNull().defaultNow(),
  updatedBy: id('user')().references(() => users.id),
})

export const entryOrigin = pgEnum('entry_origin', ['seeded', 'request', 'administrator'])

/**
 * A row is one allowlisted app with the scopes people may grant it. Scopes are sorted and without repeats. What it says is
 * read from `live_entries`.
 */
export const allowlistEntries = pgTable(
  'allowlist_entries',
  {
    id: id('entry')().primaryKey(),
    rootOrganizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    appId: id('app')()
      .notNull()
      .references(() => connectedApps.id),
    scopes: text().array().notNull(),
    /** The group of people it is for; null: everyone. */
    groupId: id('group')().references(() => groups.id),
    /** From then on it is as if it were not there, and the yeses that hang on it are over. Null: no end is set. */
    endsAt: moment(),
    /** When that was last said: the yeses from before hang on it, too. */
    endSetAt: moment(),
    origin: entryOrigin().notNull(),
    /** One more with each change: a save says which it began from. An app that is listed anew goes on counting. */
    version: integer().notNull().default(1),
    createdBy: id('user')().references(() => users.id),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
    updatedBy: id('user')().references(() => users.id),
    endedAt: moment(),
    endedBy: id('user')().references(() => users.id),
  },
  (table) => [
    uniqueIndex('allowlist_entries_once_per_app')
      .on(table.rootOrganizationId, table.appId)
      .where(sql`${table.endedAt} is null`),
    index('allowlist_entries_of_an_app').on(table.appId),
    index('allowlist_entries_for_a_group').on(table.groupId).where(sql`${table.groupId} is not null`),
    // Every look at a token asks whether an end has come.
    index('allowlist_entries_with_an_end')
      .on(table.rootOrganizationId, table.appId)
      .where(sql`${table.endsAt} is not null`),
    // The clock asks which are over.
    index('allowlist_entries_by_end')
      .on(table.endsAt)
      .where(sql`${table.endedAt} is null and ${table.endsAt} is not null`),
    check(
      'allowlist_entries_end_was_set_at_a_moment',
      sql`(${table.endsAt} is null) = (${table.endSetAt} is null)`,
    ),
  ],
)

/** The one place that says which entries hold at this moment. */
export const liveEntries = pgView('live_entries', {
  id: id('entry')().notNull(),
  rootOrganizationId: id('organization')().notNull(),
  appId: id('app')().notNull(),
  scopes: text().array().notNull(),
  groupId: id('group')(),
  endsAt: moment(),
  origin: entryOrigin().notNull(),
  version: integer().notNull(),
  createdBy: id('user')(),
  createdAt: moment().notNull(),
  updatedAt: moment().notNull(),
  updatedBy: id('user')(),
}).as(sql`
  select id, root_organization_id, app_id, scopes, group_id, ends_at, origin, version, created_by, created_at, updated_at, updated_by
  from allowlist_entries
  where ended_at is null and (ends_at is null or ends_at > now())`)

/** The last four nobody gave: its time was over, the app was blocked or deleted, or no approval is needed any more. */
export const requestAnswer = pgEnum('request_answer', [
  'approved',
  'declined',
  'withdrawn',
  'expired',
  'blocked',
  'not-needed',
  'app-deleted',
])

/** A row is one app and scope set that people were blocked on. A draft until somebody presses Request (`requestedAt`). */
export const approvalRequests = pgTable(
  'approval_requests',
  {
    id: id('approvalRequest')().primaryKey(),
    rootOrganizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    appId: id('app')()
      .notNull()
      .references(() => connectedApps.id),
    /** All that was asked for, sorted and without repeats. */
    scopes: text().array().notNull(),
    /** What people saw when they were blocked, so that a later change of the app can be shown. */
    appNameSeen: text().notNull(),
    publisherSeen: text().notNull(),
    redirectHostsSeen: text().array().notNull(),
    /** Who was blocked first: drafts per person are limited. */
    draftedBy: id('user')()
      .notNull()
      .references(() => users.id),
    createdAt: moment().notNull().defaultNow(),
    /** Null while it is a draft, which nobody is shown. */
    requestedAt: moment(),
    expiresAt: moment().notNull(),
    /** How often those who could answer it were reminded. */
    reminders: integer().notNull().default(0),
    answer: requestAnswer(),
    answeredAt: moment(),
    answeredBy: id('user')().references(() => users.id),
    answerReason: text(),
    /** What of it was allowed: all or a part. Null unless approved. */
    approvedScopes: text().array(),
  },
  (table) => [
    // Of the set's hash: a set of 1,000 scopes would not fit into an index row.
    uniqueIndex('approval_requests_once_per_scope_set')
      .on(table.rootOrganizationId, table.appId, sql`hash_array_extended(${table.scopes}, 0)`)
      .where(sql`${table.answeredAt} is null`),
    index('approval_requests_waiting')
      .on(table.rootOrganizationId, table.requestedAt.desc())
      .where(sql`${table.answeredAt} is null and ${table.requestedAt} is not null`),
    index('approval_requests_of_an_app').on(table.appId),
    // The clock asks which are over.
    index('approval_requests_by_end')
      .on(table.expiresAt)
      .where(sql`${table.answeredAt} is null and ${table.requestedAt} is not null`),
    index('approval_requests_drafted_by').on(table.draftedBy, table.createdAt),
    check(
      'approval_requests_answer_has_a_moment',
      sql`(${table.answer} is null) = (${table.answeredAt} is null)`,
    ),
  ],
)

/** A row is one person who pressed Request, and why. */
export const approvalRequesters = pgTable(
  'approval_requesters',
  {
    requestId: id('approvalRequest')()
      .notNull()
      .references(() => approvalRequests.id),
    userId: id('user')()
      .notNull()
      .references(() => users.id),
    reason: text().notNull().default(''),
    requestedAt: moment().notNull().defaultNow(),
    /** The request of the app that they were stopped in, under SECRET_KEY because a cookie holds the same: so they can go on where they stopped. */
    sealedInteraction: bytes(),
  },
  (table) => [
    primaryKey({ name: 'approval_requesters_pk', columns: [table.requestId, table.userId] }),
    index('approval_requesters_of_a_user').on(table.userId),
  ],
)

/** A row is one person who was told of a request by mail, so that each is told once. */
export const approvalNotices = pgTable(
  'approval_notices',
  {
    requestId: id('approvalRequest')()
      .notNull()
      .references(() => approvalRequests.id),
    userId: id('user')()
      .notNull()
      .references(() => users.id),
    rootOrganizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    toldAt: moment().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: 'approval_notices_pk', columns: [table.requestId, table.userId] }),
    // When somebody was last written to.
    index('approval_notices_by_person').on(table.userId, table.rootOrganizationId, table.toldAt.desc()),
    index('approval_notices_of_a_root').on(table.rootOrganizationId),
  ],
)

/** A row is one administrator of a business group who may answer the requests of the whole root organization. Counts only while they are one. */
export const requestReviewers = pgTable(
  'request_reviewers',
  {
    rootOrganizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    userId: id('user')()
      .notNull()
      .references(() => users.id),
    namedAt: moment().notNull().defaultNow(),
    namedBy: id('user')().references(() => users.id),
  },
  (table) => [
    primaryKey({ name: 'request_reviewers_pk', columns: [table.rootOrganizationId, table.userId] }),
    index('request_reviewers_of_a_user').on(table.userId),
  ],
)
