import { index, integer, pgTable } from 'drizzle-orm/pg-core'
import { bytes, moment } from '../columns.ts'

/** A row is one `Idempotency-Key` of one caller, and what it was answered: the same request again gets the same answer. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** SHA-256 of caller and key. */
    keyHash: bytes().primaryKey(),
    /** SHA-256 of method, path and body: another request with the same key is refused. */
    requestHash: bytes().notNull(),
    /** Null while the first request is under way. */
    status: integer(),
    /** The answer under SECRET_KEY: it may hold a secret that is shown once. */
    sealedAnswer: bytes(),
    createdAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
  },
  (table) => [index('idempotency_keys_by_expiry').on(table.expiresAt)],
)

/** A row counts one caller's requests within a window; shared by all processes. */
export const requestCounts = pgTable(
  'request_counts',
  {
    /** SHA-256 of the caller. */
    keyHash: bytes().primaryKey(),
    requests: integer().notNull(),
    windowStartedAt: moment().notNull(),
  },
  (table) => [index('request_counts_by_window').on(table.windowStartedAt)],
)
