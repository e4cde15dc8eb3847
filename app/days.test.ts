import { describe, expect, it } from 'vitest'
import { isDay, startOfDay } from './days.ts'

describe('a day', () => {
  it.each(['2026-02-28', '2024-02-29'])('%s is one', (text) => expect(isDay(text)).toBe(true))
  it.each(['2026-02-29', '2026-13-01', '28.2.2026', '', undefined])('%s is none', (text) =>
    expect(isDay(text)).toBe(false),
  )

  it.each([
    ['2026-03-14', 'UTC', '2026-03-14T00:00:00.000Z'],
    ['2026-03-14', 'America/New_York', '2026-03-14T04:00:00.000Z'],
    ['2026-03-14', 'Asia/Kolkata', '2026-03-13T18:30:00.000Z'],
    // The clocks go forward in this night, and back in that one.
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
  ])('%s begins in %s at %s', (day, zone, moment) => expect(startOfDay(day, zone).toISOString()).toBe(moment))

  it('may be meant by the one before', () => {
    expect(startOfDay('2026-12-31', 'UTC', 1).toISOString()).toBe('2027-01-01T00:00:00.000Z')
  })
})
