import { expect, it } from 'vitest'
import { countText, leastText } from './bounded-count.ts'

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

it('says where a number is only the least it can be', () => {
  expect(leastText(1_812, true)).toBe('1,812')
  expect(leastText(1_812, false)).toBe('1,812+')
})
