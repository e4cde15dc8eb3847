/** Small enough that a batch holds its locks for milliseconds, large enough that a million rows are few statements. */
export const BATCH_ROWS = 5_000

/** Repeats `step`, which says how many rows it changed, until it changes less than a whole batch. Returns the sum. */
export async function inBatches(step: (rows: number) => Promise<number>): Promise<number> {
  let sum = 0
  for (;;) {
    const changed = await step(BATCH_ROWS)
    sum += changed
    if (changed < BATCH_ROWS) return sum
  }
}
