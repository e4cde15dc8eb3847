import { expect, it } from 'vitest'
import { limitsIn } from './limits-in.ts'

const NOW = Date.parse('2026-11-28T12:00:00Z')
const said = (fields: Record<string, string>, timeZone = 'UTC') =>
  limitsIn({ get: (name) => fields[name] ?? '', all: () => [] }, timeZone, NOW)

it('says no end and everyone where nothing was chosen', () => {
  expect(said({ ends: 'never', endsOn: '', groupId: '' })).toEqual({
    endsAt: null,
    groupId: null,
    openToEveryone: false,
  })
})

it('counts days from now, and ends a day at its end where the person is, also on a day of 25 hours', () => {
  expect(said({ ends: '30' }).endsAt).toBe('2026-12-28T12:00:00.000Z')
  expect(said({ ends: '30', endsOn: '2027-03-14' }).endsAt).toBe('2027-03-14T23:59:59.000Z')
  expect(said({ endsOn: '2027-03-14' }, 'Asia/Tokyo').endsAt).toBe('2027-03-14T14:59:59.000Z')
  expect(said({ endsOn: '2027-10-31' }, 'Europe/Berlin').endsAt).toBe('2027-10-31T22:59:59.000Z')
})

it('hands on what is no day, so that it is refused in words', () => {
  expect(said({ endsOn: 'tomorrow' }).endsAt).toBe('tomorrow')
})
