import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { newId } from '#lib/base/ids'
import { chosenHref, keepChoice, keptChoice } from './kept-choice.ts'

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
})
afterEach(() => vi.unstubAllGlobals())

const ids = (count: number) => Array.from({ length: count }, () => newId('app'))

it('names the chosen apps in the address while there is room', () => {
  const [one = '', two = ''] = ids(2)
  expect(chosenHref('/rotation', [one, two])).toBe(`/rotation?which=chosen&app=${one}&app=${two}`)
  expect(chosenHref('/rotation', ids(250))).not.toContain('kept')
})

it('keeps more of them by the window, for their organization alone', () => {
  const chosen = ids(251)
  expect(chosenHref('/rotation', chosen)).toBe('/rotation?which=chosen&kept=251')
  keepChoice('org_a', chosen)
  expect(keptChoice('org_a')).toEqual(chosen)
  expect(keptChoice('org_b')).toEqual([])
})
