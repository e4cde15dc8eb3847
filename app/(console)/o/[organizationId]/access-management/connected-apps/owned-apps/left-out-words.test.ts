import { expect, it } from 'vitest'
import { leftOutWords } from './left-out-words.ts'

it.each([
  [{}, ''],
  [{ 'not-held': 1 }, 'One is left out: it may do more than you.'],
  [{ full: 2 }, '2 are left out: they have five live secrets.'],
  [
    { 'not-held': 1, full: 1, underway: 2 },
    '4 are left out: 1 may do more than you, 1 has five live secrets, 2 are in another rotation.',
  ],
])('says of %o why they are left out', (leftOut, sentence) => {
  expect(leftOutWords(leftOut)).toBe(sentence)
})
