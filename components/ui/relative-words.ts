const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** The age of a secret is weighed in days; of what is older than half a year nobody counts them. */
const MONTHS_FROM_DAYS = 180
const YEARS_FROM_DAYS = 731

/**
 * Says how far a moment lies from now: “Just now”, “3 minutes ago”, “Yesterday”, “62 days ago”, “17 months ago”, “In 6 days”.
 * Both are milliseconds since the epoch. Days are counted as spans of 24 hours, so no time zone is needed.
 */
export function relativeWords(moment: number, now: number, short = false): string {
  const seconds = Math.round((now - moment) / 1000)
  if (Math.abs(seconds) < MINUTE) return seconds >= 0 ? 'Just now' : 'In a moment'
  const span = spanWords(seconds < 0 ? nearest(-seconds) : seconds, short)
  if (seconds < 0) return span === '1 day' ? 'Tomorrow' : `In ${span}`
  return span === '1 day' ? 'Yesterday' : `${span} ago`
}

/** The moment in full, in a time zone: “16 Nov 2026, 14:30 CET”. */
export function exactWords(moment: Date, locale: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { ...DATE, ...TIME, timeZone, timeZoneName: 'short' }).format(moment)
}

/** The day alone (“16 Nov 2026”), or with the time (“16 Nov 2026, 14:30”). */
export function dayWords(moment: Date, locale: string, timeZone: string, withTime = false): string {
  return new Intl.DateTimeFormat(locale, { ...DATE, ...(withTime ? TIME : {}), timeZone }).format(moment)
}

const DATE = { day: 'numeric', month: 'short', year: 'numeric' } as const
const TIME = { hour: 'numeric', minute: '2-digit' } as const

/** What was set to last 24 hours says so a second later, too: what lies ahead goes to the nearest unit. */
function nearest(seconds: number): number {
  const unit = seconds < HOUR ? MINUTE : seconds < DAY ? HOUR : DAY
  return Math.round(seconds / unit) * unit
}

function spanWords(seconds: number, short: boolean): string {
  if (seconds < HOUR) return count(Math.floor(seconds / MINUTE), short ? 'min' : 'minute', short)
  if (seconds < DAY) return count(Math.floor(seconds / HOUR), short ? 'h' : 'hour', short)
  const days = Math.floor(seconds / DAY)
  if (days < MONTHS_FROM_DAYS) return count(days, 'day', false)
  if (days < YEARS_FROM_DAYS) return count(Math.floor(days / 30.44), 'month', false)
  return count(Math.floor(days / 365.25), 'year', false)
}

function count(n: number, unit: string, isShort: boolean): string {
  return n === 1 || isShort ? `${n} ${unit}` : `${n} ${unit}s`
}
