import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeLife, NOTICE_DAYS, noticeDays, outlivesRule } from './secret-life.ts'

const NOW = new Date('2026-03-01T12:00:00Z')
const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000)
const at = (days: number) => ({ expiresAt: inDays(days).toISOString() })

describe('the life of a new secret', () => {
  it.each([
    ['without a choice or a rule has no end', {}, null, { expiresAt: null }],
    ['without a choice is as long as the rule', {}, 90, { expiresAt: inDays(90) }],
    ['of so many days ends after them', { lifeDays: 30 }, null, { expiresAt: inDays(30) }],
    ['up to a moment ends then', at(12), 90, { expiresAt: inDays(12) }],
    ['without an end is what nobody forbids', { lifeDays: null }, null, { expiresAt: null }],
    ['as long as the rule is allowed', { lifeDays: 90 }, 90, { expiresAt: inDays(90) }],
    ['a moment longer than the rule is cut to it', at(90.001), 90, { expiresAt: inDays(90) }],
  ])('%s', (_words, chosen, daysMax, expected) => {
    expect(judgeLife(chosen, NOW, daysMax)).toEqual(expected)
  })

  it.each([
    ['longer than the rule', { lifeDays: 91 }, 90, 'lifeDays'],
    ['without an end against the rule', { lifeDays: null }, 90, 'lifeDays'],
    ['up to a moment after the rule', at(91), 90, 'expiresAt'],
    ['up to a moment that is over', at(-1), null, 'expiresAt'],
    ['of more than ten years', at(4000), null, 'expiresAt'],
    ['given in two ways', { lifeDays: 3, ...at(3) }, null, 'expiresAt'],
  ])('is refused %s', (_words, chosen, daysMax, field) => {
    expect(judgeLife(chosen, NOW, daysMax)).toEqual({ field, error: expect.stringMatching(/\.$/) })
  })

  it('is never longer than the rule, whatever is asked', () => {
    const chosen = fc.record(
      {
        lifeDays: fc.option(fc.integer({ min: 1, max: 3650 })),
        expiresAt: fc.integer({ min: -10, max: 5000 }).map((days) => inDays(days).toISOString()),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(chosen, fc.integer({ min: 1, max: 3650 }), (wanted, daysMax) => {
        const verdict = judgeLife(wanted, NOW, daysMax)
        if ('error' in verdict) return
        expect(verdict.expiresAt).not.toBeNull()
        expect(verdict.expiresAt?.getTime()).toBeLessThanOrEqual(inDays(daysMax).getTime())
      }),
    )
  })
})

it('is too long only where the rule came later', () => {
  const made = (expiresAt: Date | null) => ({ createdAt: NOW, expiresAt })
  expect(outlivesRule(made(null), null)).toBe(false)
  expect(outlivesRule(made(null), 90)).toBe(true)
  expect(outlivesRule(made(inDays(90)), 90)).toBe(false)
  expect(outlivesRule(made(inDays(91)), 90)).toBe(true)
})

it.each([
  [91, null],
  [90, 90],
  [61, 90],
  [60, 60],
  [29.9, 30],
  [8, 15],
  [7, 7],
  [1.1, 7],
  [0.5, 1],
])('with %s days left the notice of %s days is due', (left, due) => {
  expect(noticeDays(NOW, inDays(left))).toBe(due)
  expect(NOTICE_DAYS).toContain(due ?? 90)
})
