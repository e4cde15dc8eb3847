import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readCursor, writeCursor } from './cursor.ts'

it('reads what it wrote', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.string({ maxLength: 400 })), { minLength: 1 }), (values) => {
      expect(readCursor(writeCursor(values), values.length)).toEqual(values)
    }),
  )
})

it('begins the list without a cursor', () => {
  expect(readCursor(undefined, 2)).toBeNull()
  expect(readCursor('', 2)).toBeNull()
})

it.each(['nonsense', 'W10', writeCursor(['a']), writeCursor(['a', 'b', 'c'])])('refuses %s', (cursor) => {
  expect(() => readCursor(cursor, 2)).toThrow('Begin again')
})
