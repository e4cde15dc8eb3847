import { setImmediate as nextTurn } from 'node:timers/promises'

/** Long enough that hardly any work takes a second turn, short enough that nobody who waits for an answer notices. */
const TURN_MILLISECONDS = 4

/**
 * Does `work` for each item, in order, some milliseconds at a time: in between, the process answers others. Returns the results. What
 * `work` reads may change between two turns, so it should be what nobody else holds.
 */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Result,
): Promise<Result[]> {
  const results: Result[] = []
  let began = performance.now()
  for (const item of items) {
    results.push(work(item))
    if (performance.now() - began < TURN_MILLISECONDS) continue
    await nextTurn()
    began = performance.now()
  }
  return results
}
