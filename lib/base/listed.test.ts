import { expect, it } from 'vitest'
import { listed } from './listed.ts'

it.each([
  [[], 0, ''],
  [['Ana'], 0, 'Ana'],
  [['Ana', 'Ben'], 0, 'Ana and Ben'],
  [['Ana', 'Ben', 'Cleo'], 0, 'Ana, Ben and Cleo'],
  [['Ana', 'Ben'], 1200, 'Ana, Ben and 1,200 more'],
])('says %o and %i more as “%s”', (words, more, said) => {
  expect(listed(words, more)).toBe(said)
})
