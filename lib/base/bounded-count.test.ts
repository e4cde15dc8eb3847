import { expect, it } from 'vitest'
import { countText } from './bounded-count.ts'

it.each([
  [0, '0'],
  [9_999, '9,999'],
  [10_000, '10,000'],
  [10_001, '10,000+'],
])('writes %i as %s', (count, text) => {
  expect(countText(count)).toBe(text)
})

it('stops where the counting did', () => {
  expect(countText(1_001, 1_000)).toBe('1,000+')
  expect(countText(1_000, 1_000)).toBe('1,000')
})
