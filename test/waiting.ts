import { sql } from 'drizzle-orm'
import { vi } from 'vitest'
import type { Transaction } from '#db/client'

/** Whether another transaction waits for what this one holds. Read from the locks: who is connected is read once in a transaction. */
export async function isSomebodyWaitingFor(tx: Transaction): Promise<boolean> {
  const rows = await tx.execute(sql`
    select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))`)
  return rows.length > 0
}

/** Returns once another transaction waits for what this one holds. */
export async function somebodyWaitsFor(tx: Transaction): Promise<void> {
  await vi.waitUntil(() => isSomebodyWaitingFor(tx), { timeout: 20_000 })
}
