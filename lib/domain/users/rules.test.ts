import { describe, expect, it } from 'vitest'
import { refuseTrade } from './rules.ts'

describe('a password', () => {
  it.each([
    [{ isAllowed: true, factors: ['pwd'] }, null],
    [{ isAllowed: false, factors: ['pwd'] }, /does not trade passwords/],
    [{ isAllowed: true, factors: ['pwd', 'otp'] }, /second factor/],
    // Off is off, whatever else is asked for.
    [{ isAllowed: false, factors: ['pwd', 'hwk'] }, /does not trade passwords/],
  ])('of %j is traded or refused as it should be [P131]', (facts, refusal) => {
    if (refusal === null) expect(refuseTrade(facts)).toBeNull()
    else expect(refuseTrade(facts)).toMatch(refusal)
  })
})
