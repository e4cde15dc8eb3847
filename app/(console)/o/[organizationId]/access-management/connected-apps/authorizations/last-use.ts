import type { LastUseBand } from '#lib/domain/authorizations/count-authorized-apps'
import type { AuthorizedAppsFilters } from '#lib/domain/authorizations/schema'

type Use = Pick<AuthorizedAppsFilters, 'usedWithinDays' | 'unusedForDays' | 'isUsed'>

/** The parts of the bar above the list, each a filter by itself. */
export const BANDS: readonly { band: LastUseBand; words: string; use: Use }[] = [
  { band: 'week', words: 'This week', use: { usedWithinDays: 7 } },
  { band: 'month', words: 'This month', use: { usedWithinDays: 30, unusedForDays: 7 } },
  { band: 'quarter', words: 'Last 90 days', use: { usedWithinDays: 90, unusedForDays: 30 } },
  { band: 'longer', words: 'Longer ago', use: { isUsed: true, unusedForDays: 90 } },
  { band: 'never', words: 'Never', use: { isUsed: false } },
]

const WITHIN_DAYS = [7, 30, 90] as const
const UNUSED_DAYS = [30, 90, 180, 365] as const
const DAYS_MAX = 3_650
const OWN = /^(within|unused)-(\d{1,4})$/

/** What a filter by last use in the URL asks for: a part of the bar, `within-30`, or `unused-90`. */
export function lastUseOf(use: string | undefined): Use {
  const band = BANDS.find((one) => one.band === use)
  if (band) return band.use
  const own = ownDays(use)
  if (!own) return {}
  return own.kind === 'within' ? { usedWithinDays: own.days } : { unusedForDays: own.days }
}

/** The same in words; null where it asks for nothing. */
export function lastUseWords(use: string | undefined): string | null {
  const band = BANDS.find((one) => one.band === use)
  if (band) return band.words
  const own = ownDays(use)
  return own && wordsFor(own.kind, own.days)
}

/** Of people only how long something was not used. */
export function unusedChoices(typed: string) {
  return lastUseChoices(typed).filter(({ value }) => value.startsWith('unused'))
}

/** What can be chosen: the usual spans, or those of a number that somebody types. */
export function lastUseChoices(typed: string): { value: string; label: string; hint?: string }[] {
  const number = Number(/\d+/.exec(typed)?.[0])
  if (number >= 1 && number <= DAYS_MAX)
    return (['unused', 'within'] as const).map((kind) => choice(kind, number))
  const wanted = typed.trim().toLowerCase()
  return [
    ...UNUSED_DAYS.map((days) => choice('unused', days)),
    ...WITHIN_DAYS.map((days) => choice('within', days)),
    { value: 'never', label: 'Never used' },
  ].filter(({ label }) => label.toLowerCase().includes(wanted))
}

const choice = (kind: 'within' | 'unused', days: number) => ({
  value: `${kind}-${days}`,
  label: wordsFor(kind, days),
})

function wordsFor(kind: 'within' | 'unused', days: number): string {
  const span = days === 1 ? 'a day' : `${days.toLocaleString('en')} days`
  return kind === 'within' ? `Used within ${span}` : `Unused for ${span}`
}

function ownDays(use: string | undefined): { kind: 'within' | 'unused'; days: number } | null {
  const [, kind, text] = OWN.exec(use ?? '') ?? []
  const days = Number(text)
  if (!kind || days < 1 || days > DAYS_MAX) return null
  return { kind: kind === 'within' ? 'within' : 'unused', days }
}
