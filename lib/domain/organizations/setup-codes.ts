import { randomBytes } from 'node:crypto'
import { isNull } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { organizations } from '#db/schema/organizations'
import { hashToken } from '../../base/secrets.ts'

/** A new one-time code: 128 random bits in eight groups of four, to be read from a log and typed. */
export function newSetupCode(): string {
  return (randomBytes(16).toString('hex').match(/.{4}/g) ?? []).join('-')
}

/** What is stored of a code; spaces, dashes and case do not matter to whoever types it. */
export function hashSetupCode(code: string): Buffer {
  return hashToken(code.toLowerCase().replaceAll(/[^0-9a-f]/g, ''))
}

/** Whether the deployment has an organization already: then nobody sets it up again. */
export async function isSetUp(tx: Database | Transaction): Promise<boolean> {
  const rows = await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(isNull(organizations.endedAt))
    .limit(1)
  return rows.length > 0
}
