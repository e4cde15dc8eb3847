import { describe, expect, it } from 'vitest'
import { decideMailMode, GIVE_UP_DAYS, pauseMinutes } from './rules.ts'

describe('mail', () => {
  it.each([
    ['production', true, 'sent'],
    ['production', false, 'waiting'],
    ['demo', true, 'kept'],
    ['demo', false, 'kept'],
    ['development', true, 'kept'],
    ['development', false, 'kept'],
    ['test', true, 'sent'],
    ['test', false, 'kept'],
  ] as const)('in %s, with a mail server: %s, is %s', (purpose, hasServer, mode) => {
    expect(decideMailMode(purpose, hasServer)).toBe(mode)
  })

  it('is tried again after pauses that grow, and a handful of times a day at the end', () => {
    const pauses = Array.from({ length: 40 }, (_, at) => pauseMinutes(at + 1))
    expect(pauses.slice(0, 5)).toEqual([1, 2, 4, 8, 16])
    expect(pauses.every((pause, at) => at === 0 || pause >= (pauses[at - 1] ?? 0))).toBe(true)
    expect(Math.max(...pauses)).toBeLessThan((GIVE_UP_DAYS * 24 * 60) / 10)
  })
})
