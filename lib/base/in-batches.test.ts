import { describe, expect, it } from 'vitest'
import { inBatches } from './in-batches.ts'

describe('what is done some at a time', () => {
  it.each([0, 1, 6, 7])('is done to the end: %i of it by threes', async (all) => {
    let left = all
    const batches: number[] = []
    const done = await inBatches(async (rows) => {
      const some = Math.min(rows, left)
      left -= some
      batches.push(some)
      return some
    }, 3)
    expect([done, left]).toEqual([all, 0])
    expect(Math.max(...batches)).toBeLessThanOrEqual(3)
  })
})
