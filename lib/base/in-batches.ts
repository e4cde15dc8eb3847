/** Small enough that a batch holds its locks for milliseconds, large enough that a million rows are few statements. */
export const BATCH_ROWS = 5_000

/** Repeats `step`, which says how many rows it changed, until it changes less than a whole batch. Returns the sum. */
export async function inBatches(
  step: (rows: number) => Promise<number>,
  rowsAtOnce = BATCH_ROWS,
): Promise<number> {
  let sum = 0
  for (;;) {
    const changed = await step(rowsAtOnce)
    sum += changed
    if (changed < rowsAtOnce) return sum
  }
}
