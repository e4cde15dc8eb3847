import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { type Transaction, transaction } from '#test/database'

describe('two transactions that wait for each other', () => {
  it('both happen: the one that the database ended begins once more', async () => {
    const lock = (tx: Transaction, key: number) =>
      tx.execute(sql`select pg_advisory_xact_lock(4711, ${key}::int)`)
    const bothHold = rendezvous(2)
    const runs = [0, 0]
    const cross = (own: number) =>
      transaction(async (tx) => {
        runs[own] = (runs[own] ?? 0) + 1
        await lock(tx, own)
        if (runs[own] === 1) await bothHold()
        await lock(tx, 1 - own)
        return own
      })
    expect(await Promise.all([cross(0), cross(1)])).toEqual([0, 1])
    expect(runs.toSorted()).toEqual([1, 2])
  })
})

/** Lets everybody go on once so many have come. */
function rendezvous(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let come = 0
  return () => {
    come += 1
    if (come === count) resolve()
    return promise
  }
}
