import { describe, expect, it } from 'vitest'
import { dayWords, exactWords, relativeWords } from './relative-words.ts'

const NOW = Date.UTC(2026, 10, 21, 14, 30)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('relative words', () => {
  it.each([
    [0, 'Just now'],
    [59_000, 'Just now'],
    [MINUTE, '1 minute ago'],
    [14 * MINUTE, '14 minutes ago'],
    [HOUR, '1 hour ago'],
    [23 * HOUR, '23 hours ago'],
    [DAY, 'Yesterday'],
    [62 * DAY, '62 days ago'],
    [179 * DAY, '179 days ago'],
    [183 * DAY, '6 months ago'],
    [544 * DAY, '17 months ago'],
    [730 * DAY, '23 months ago'],
    [731 * DAY, '2 years ago'],
    [800 * DAY, '2 years ago'],
    [-30_000, 'In a moment'],
    [-5 * MINUTE, 'In 5 minutes'],
    [-HOUR + 2_000, 'In 1 hour'],
    [-7 * HOUR + MINUTE, 'In 7 hours'],
    [-DAY + MINUTE, 'Tomorrow'],
    [-DAY, 'Tomorrow'],
    [-6 * DAY, 'In 6 days'],
    [-7 * DAY + 5_000, 'In 7 days'],
  ])('says %d ms ago as “%s”', (ago, sentence) => {
    expect(relativeWords(NOW - ago, NOW)).toBe(sentence)
  })

  it('shortens the unit on request', () => {
    expect(relativeWords(NOW - 12 * MINUTE, NOW, true)).toBe('12 min ago')
    expect(relativeWords(NOW - 5 * HOUR, NOW, true)).toBe('5 h ago')
  })

  it('writes the exact moment in the time zone it is given', () => {
    expect(exactWords(new Date(NOW), 'en-GB', 'UTC')).toBe('21 Nov 2026, 14:30 UTC')
    expect(exactWords(new Date(NOW), 'en-GB', 'Asia/Tokyo')).toContain('23:30')
  })

  it('writes the day alone', () => {
    expect(dayWords(new Date(NOW), 'en-GB', 'UTC')).toBe('21 Nov 2026')
  })
})
