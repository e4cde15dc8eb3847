import { sql } from 'drizzle-orm'
import type { Jobs } from '../lib/base/jobs.ts'
import type { Transaction } from './client.ts'

/** What somebody waits for comes before what takes long: the lower, the sooner. */
const PRIORITY: Record<keyof Jobs, number> = {
  'send-mail': 0,
  'mail-password-reset': 0,
  'tell-of-requests': 1,
  'end-blocked-requests': 1,
  'end-requests-of-app': 1,
  'rotate-many': 10,
  'count-removal': 20,
}

/**
 * Leaves something to be done once this transaction is committed, and not if it is not. A job is done at least once:
 * after a crash it begins again, so whoever does it looks what is still undone. With a key there is one such job: left again, it
 * takes the place of one that waits.
 */
export async function enqueueJob<Name extends keyof Jobs>(
  tx: Transaction,
  name: Name,
  told: Jobs[Name],
  key: string | null = null,
): Promise<void> {
  await tx.execute(
    sql`select graphile_worker.add_job(${name}, ${JSON.stringify(told)}::text::json, job_key := ${key}::text,
      priority := ${PRIORITY[name]}::int)`,
  )
}

/** The same for many at once, in one statement; `keyOf` gives each its key. */
export async function enqueueJobs<Name extends keyof Jobs>(
  tx: Transaction,
  name: Name,
  told: readonly Jobs[Name][],
  keyOf: (told: Jobs[Name]) => string | null = () => null,
): Promise<void> {
  const jobs = told.map((one) => ({ told: one, key: keyOf(one) }))
  await tx.execute(
    sql`select graphile_worker.add_job(${name}, told, job_key := key, priority := ${PRIORITY[name]}::int)
      from json_to_recordset(${JSON.stringify(jobs)}::text::json) as job (told json, key text)`,
  )
}
