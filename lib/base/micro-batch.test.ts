import { describe, expect, it } from 'vitest'
import { microBatch } from './micro-batch.ts'

describe('a micro-batch', () => {
  it('asks once for what is asked for at the same moment, and answers each with its own', async () => {
    const batches: number[][] = []
    const double = microBatch(async (items: number[]) => {
      batches.push(items)
      return items.map((item) => item * 2)
    })
    expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6])
    expect(batches).toEqual([[1, 2, 3]])
  })

  it('remembers nothing: what is asked for again is asked for again', async () => {
    let asked = 0
    const count = microBatch(async (items: string[]) => items.map(() => ++asked))
    expect([await count('a'), await count('a')]).toEqual([1, 2])
  })

  it('has at most two under way, and gathers what arrives meanwhile', async () => {
    const release: (() => void)[] = []
    const sizes: number[] = []
    const echo = microBatch(async (items: number[]) => {
      sizes.push(items.length)
      await new Promise<void>((resolve) => release.push(resolve))
      return items
    })
    const turn = () => new Promise((resolve) => setImmediate(resolve))
    const answers = [echo(1)]
    await turn()
    answers.push(echo(2))
    await turn()
    answers.push(echo(3), echo(4), echo(5))
    await turn()
    expect(sizes).toEqual([1, 1])
    for (const go of release.splice(0)) go()
    await Promise.all(answers.slice(0, 2))
    await turn()
    expect(sizes).toEqual([1, 1, 3])
    for (const go of release) go()
    expect(await Promise.all(answers)).toEqual([1, 2, 3, 4, 5])
  })

  it('lets one bad item fail alone', async () => {
    const careful = microBatch(async (items: number[]) => {
      if (items.includes(2)) throw new Error('not two')
      return items
    })
    const settled = await Promise.allSettled([1, 2, 3].map(careful))
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })
})
