import { expect, it } from 'vitest'
import { freshBytes } from './fresh-bytes.ts'

it('gives bytes of the length asked for, and never the same ones again', () => {
  const given = Array.from({ length: 2000 }, (_, at) => freshBytes(10 + (at % 7)))
  given.forEach((bytes, at) => {
    expect(bytes.byteLength).toBe(10 + (at % 7))
  })
  expect(new Set(given.map((bytes) => bytes.toString('hex'))).size).toBe(2000)
})
