import { expect, it } from 'vitest'
import { newId } from '#lib/base/ids'
import { actOf, eventFilters, filtersOfQuery, isNarrowed } from './list-query.ts'

const NOW = Date.parse('2026-11-28T12:00:00Z')
const filters = (query: object) => JSON.parse(JSON.stringify(eventFilters(query, 'Europe/Berlin', NOW)))

it('reads people, apps and words as they stand in the URL', () => {
  const [person, app] = [newId('user'), newId('app')]
  expect(filters({ q: 'Order Desk', person, app })).toEqual({
    search: 'Order Desk',
    personId: person,
    appId: app,
  })
})

it('leaves out what no filter has', () => {
  expect(
    filters({ person: 'usr_nobody', app: 'x', about: 'weather', act: 'weather.changed', when: 'once' }),
  ).toEqual({})
})

it('means one act of what is chosen, or all of it', () => {
  expect(actOf({ about: 'connected-app', act: 'connected-app.updated' })).toBe('connected-app.updated')
  expect(actOf({ about: 'session', act: 'connected-app.updated' })).toBe('session')
  expect(actOf({ act: 'session.ended' })).toBe('session.ended')
})

it('counts back from now, or takes whole days of the person’s own time zone', () => {
  expect(filters({ when: '7d' })).toEqual({ from: '2026-11-21T12:00:00.000Z' })
  expect(filters({ when: 'days', from: '2026-10-01', until: '2026-10-31' })).toEqual({
    from: '2026-09-30T22:00:00.000Z',
    until: '2026-10-31T23:00:00.000Z',
  })
  expect(filters({ from: '2026-10-01' })).toEqual({})
})

it('keeps the page and the open details out of what is looked for', () => {
  expect(filtersOfQuery({ q: 'a', after: 'b', event: 'c' })).toEqual({ q: 'a' })
  expect(isNarrowed({ after: 'b', event: 'c' })).toBe(false)
})
