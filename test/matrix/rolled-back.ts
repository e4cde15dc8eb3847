import { database, type Transaction } from '#db/client'

type Pools = { console: { sql: unknown; db: Transaction }; tokens: { sql: unknown; db: Transaction } }
const shared = globalThis as typeof globalThis & { gatehousePools?: Pools }

const UNDO = new Error('Everything is undone.')

/**
 * Runs `work` in a transaction that is undone whatever comes of it: whoever asks for the database meanwhile, for pages or for
 * tokens, gets that transaction, and a transaction of theirs is a savepoint in it. One at a time in a process.
 */
export async function rolledBack<T>(work: () => Promise<T>): Promise<T> {
  const outer = database()
  const { gatehousePools } = shared
  let result: T | undefined
  try {
    await outer.transaction(async (tx) => {
      // The driver's own handle on the transaction's connection, which drizzle does not name.
      const { client } = (tx as unknown as { session: { client: unknown } }).session
      shared.gatehousePools = { console: { sql: client, db: tx }, tokens: { sql: client, db: tx } }
      result = await work()
      throw UNDO
    })
  } catch (thrown) {
    if (thrown !== UNDO) throw thrown
  } finally {
    shared.gatehousePools = gatehousePools
  }
  return result as T
}
