import { sql } from 'drizzle-orm'
import { boolean, check, integer, pgEnum, pgTable } from 'drizzle-orm/pg-core'
import { bytes, moment } from '../columns.ts'

export const deploymentPurpose = pgEnum('deployment_purpose', ['production', 'demo', 'development', 'test'])

/** The one row says what this database is for, and holds a sealed check value that only the right SECRET_KEY opens. */
export const deployment = pgTable(
  'deployment',
  {
    onlyRow: boolean().primaryKey().default(true),
    purpose: deploymentPurpose().notNull(),
    sealedCheck: bytes().notNull(),
    createdAt: moment().notNull().defaultNow(),
  },
  (table) => [check('deployment_has_one_row', sql`${table.onlyRow}`)],
)

/** A row is one code that the log printed for the first visit; only its hash is kept. */
export const setupCodes = pgTable('setup_codes', {
  codeHash: bytes().primaryKey(),
  createdAt: moment().notNull().defaultNow(),
  expiresAt: moment().notNull(),
  failedAttempts: integer().notNull().default(0),
  usedAt: moment(),
})
