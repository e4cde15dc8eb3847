import { describe, expect, it } from 'vitest'
import { BANDS, lastUseChoices, lastUseOf, lastUseWords } from './last-use.ts'

describe('the filter by last use', () => {
  it('reads a part of the bar, a usual span and a number of one’s own', () => {
    expect(lastUseOf('month')).toEqual({ usedWithinDays: 30, unusedForDays: 7 })
    expect(lastUseOf('unused-45')).toEqual({ unusedForDays: 45 })
    expect(lastUseOf('within-1')).toEqual({ usedWithinDays: 1 })
    expect(lastUseWords('unused-1')).toBe('Unused for a day')
    expect(lastUseWords('within-365')).toBe('Used within 365 days')
  })

  it('asks for nothing where the URL says nothing that it knows', () => {
    for (const use of [undefined, '', 'unused', 'unused-0', 'unused-4000', 'within--1', 'toString'])
      expect([lastUseOf(use), lastUseWords(use)]).toEqual([{}, null])
  })

  it('offers what can be read again', () => {
    for (const { value, label } of [
      ...lastUseChoices(''),
      ...lastUseChoices('45'),
      ...lastUseChoices('never'),
    ])
      if (value !== 'never') expect(lastUseWords(value)).toBe(label)
    expect(lastUseChoices('45').map(({ value }) => value)).toEqual(['unused-45', 'within-45'])
    expect(lastUseChoices('9999')).toEqual([])
    expect(new Set(BANDS.map(({ words }) => words)).size).toBe(BANDS.length)
  })
})
