import { expect, it } from 'vitest'
import { newId } from '#lib/base/ids'
import { removalTitle } from './removal-words.ts'

const app = { id: newId('app'), name: 'Sheetbridge' }
const person = { id: newId('user'), name: 'Mina' }
const one = { isBlocked: false, apps: 1, app, person: null, partsTotal: 1 }

it.each([
  [{ ...one, kind: 'app' as const }, 'Sheetbridge is removed'],
  [{ ...one, kind: 'app' as const, isBlocked: true }, 'Sheetbridge is removed and blocked'],
  [{ ...one, kind: 'publisher' as const }, 'Sheetbridge was ended by its publisher'],
  [{ ...one, kind: 'apps' as const, apps: 60, app: null, partsTotal: 60 }, '60 apps removed'],
  [{ ...one, kind: 'person' as const, apps: 60, app: null, person }, 'All that Mina authorized is removed'],
  [{ ...one, kind: 'people' as const, person }, 'Mina’s authorization of Sheetbridge is removed'],
  [{ ...one, kind: 'people' as const, partsTotal: 180 }, '180 people lost Sheetbridge'],
])('titles the receipt of %o', (removal, title) => {
  expect(removalTitle(removal)).toBe(title)
})
