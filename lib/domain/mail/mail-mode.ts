import type { Database, Transaction } from '#db/client'
import { deployment } from '#db/schema/deployment'
import { environment } from '../../base/env.ts'
import { decideMailMode, type MailMode } from './rules.ts'

/** What becomes of mail in this deployment. A database that nobody marked is taken for production. */
export async function mailMode(db: Database | Transaction): Promise<MailMode> {
  const [kept] = await db.select({ purpose: deployment.purpose }).from(deployment)
  return decideMailMode(kept?.purpose ?? 'production', environment().mail !== undefined)
}
