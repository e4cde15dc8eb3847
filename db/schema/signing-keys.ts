import { jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { bytes, id, moment } from '../columns.ts'

/** A row is a key pair tokens are signed with. The private half is sealed under SECRET_KEY. */
export const signingKeys = pgTable('signing_keys', {
  id: id('signingKey')().primaryKey(),
  algorithm: text().notNull(),
  publicJwk: jsonb().$type<Record<string, string>>().notNull(),
  sealedPrivateJwk: bytes().notNull(),
  createdAt: moment().notNull().defaultNow(),
  /** From then on nothing new is signed with it; it stays published while what it signed may live. */
  retiredAt: moment(),
})
