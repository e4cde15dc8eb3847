import { expect, it } from 'vitest'
import { newId } from '#lib/base/ids'
import { amountText, removalTitle } from './removal-words.ts'

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

it('says how much ended in what was lost: an app by people, apps by a person, several apps by authorizations', () => {
  const counts = { apps: 3, authorizations: 12, isCounted: true }
  expect(amountText({ ...counts, kind: 'app' })).toBe('12 people')
  expect(amountText({ ...counts, kind: 'people', authorizations: 1 })).toBe('1 person')
  expect(amountText({ ...counts, kind: 'apps' })).toBe('12 authorizations')
  expect(amountText({ ...counts, kind: 'person', isCounted: false })).toBe('3 apps')
  expect(amountText({ ...counts, kind: 'apps', isCounted: false })).toBe('Being counted')
})
