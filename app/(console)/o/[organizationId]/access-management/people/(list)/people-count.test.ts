import { expect, it } from 'vitest'
import { peopleCount } from './people-count.ts'

it('says how many people are listed, and how many of them by rights from above', () => {
  expect(peopleCount(1)).toBe('1 person')
  expect(peopleCount(1200)).toBe('1,200 people')
  expect(peopleCount(14, 14)).toBe('14 people')
  expect(peopleCount(14, 12)).toBe('14 people, 2 of them from above')
  expect(peopleCount(1, 0)).toBe('1 person, from above')
  expect(peopleCount(3, 0)).toBe('3 people, all from above')
})

it('says no more of many than was counted', () => {
  expect(peopleCount(10_000, 9_998)).toBe('10,000 people, 2 of them from above')
  expect(peopleCount(10_001, 10_001)).toBe('10,000+ people')
  expect(peopleCount(10_001, 4)).toBe('10,000+ people')
})
