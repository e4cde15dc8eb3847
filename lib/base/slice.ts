import { z } from 'zod'

/** Whoever counts rows that far is looking for something, and finds it by a search; the database would read all before it. */
export const OFFSET_MAX = 10_000
/** More at once would keep others waiting; there is a next offset. */
export const SLICE_ROWS_MAX = 500

/** Rows of a list from `offset` on, for callers who count rows where our own lists go on by a cursor. */
export const sliceSchema = z.strictObject({
  offset: z
    .int()
    .min(0)
    .max(OFFSET_MAX, `A list is counted to row ${OFFSET_MAX.toLocaleString('en')}: search in it.`),
  limit: z.int().min(0).max(SLICE_ROWS_MAX),
})
export type Slice = z.infer<typeof sliceSchema>
