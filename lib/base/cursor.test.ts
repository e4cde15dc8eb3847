import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readCursor, writeCursor } from './cursor.ts'

const UUID = '01980000-0000-7000-8000-000000000001'
const MOMENT = '2026-11-21 22:06:12.123456+00'

it('reads what it wrote', () => {
  const text = fc.string({ maxLength: 400 }).filter((value) => !value.includes('\0'))
  fc.assert(
    fc.property(text, (value) => {
      const values = [value, MOMENT, null, UUID]
      expect(readCursor(writeCursor(values), ['text', 'moment', 'moment-or-nothing', 'uuid'])).toEqual(values)
    }),
  )
})

it('begins the list without a cursor', () => {
  expect(readCursor(undefined, ['text', 'uuid'])).toBeNull()
  expect(readCursor('', ['text', 'uuid'])).toBeNull()
})

it.each([
  ['nonsense', 'nonsense'],
  ['an empty list', 'W10'],
  ['too few values', writeCursor(['a'])],
  ['too many values', writeCursor(['a', UUID, 'c'])],
  ['a name that is no text', writeCursor([null, UUID])],
  ['an id that is none', writeCursor(['a', 'b'])],
  ['a null character', writeCursor(['a\0', UUID])],
])('refuses %s', (_, cursor) => {
  expect(() => readCursor(cursor, ['text', 'uuid'])).toThrow('Begin again')
})

it.each([
  '',
  'yesterday',
  '2026-02-31 00:00:00+00',
  '2026-13-01 00:00:00+00',
  '2026-01-01 24:00:00+00',
  '0000-01-01 00:00:00+00',
])('refuses %j as a moment', (moment) => {
  expect(() => readCursor(writeCursor([moment]), ['moment'])).toThrow('Begin again')
  expect(() => readCursor(writeCursor([moment]), ['moment-or-nothing'])).toThrow('Begin again')
})
