import { describe, expect, it } from 'vitest'
import { judgeMove, type MoveFact, mayCreateApps, mayCreateUnder } from './rules.ts'

describe('who may create apps', () => {
  it.each([
    ['developers', false, true],
    ['developers', true, true],
    ['administrators', false, false],
    ['administrators', true, true],
    ['nobody', false, false],
    ['nobody', true, false],
  ] as const)('under “%s”, being an administrator %s: %s [P126]', (rule, isAdministrator, may) => {
    expect(mayCreateUnder(rule, isAdministrator)).toBe(may)
  })

  it('needs both the role and the rule', () => {
    const abilities = ['connected-apps.create']
    expect(mayCreateApps({ abilities, appCreation: { isOpen: true } })).toBe(true)
    expect(mayCreateApps({ abilities, appCreation: { isOpen: false } })).toBe(false)
    expect(mayCreateApps({ abilities: [], appCreation: { isOpen: true } })).toBe(false)
  })
})

describe('a move of a business group', () => {
  const fact: MoveFact = {
    isBelowItself: false,
    parentLevel: 2,
    height: 1,
    levelsMax: 10,
    hasNamesake: false,
  }
  it.each([
    [{}, null],
    [{ isBelowItself: true, hasNamesake: true }, 'cycle'],
    [{ parentLevel: 9, height: 1 }, null],
    [{ parentLevel: 9, height: 2 }, 'too-deep'],
    [{ parentLevel: 10, height: 1 }, 'too-deep'],
    [{ hasNamesake: true }, 'name-taken'],
  ] as const)('of %j is judged %s', (given, verdict) => {
    expect(judgeMove({ ...fact, ...given })).toBe(verdict)
  })
})
