/** Beyond this nobody reads the difference, and counting on would cost what the list saves. */
export const COUNTED_MAX = 10_000

/** A count taken over at most `COUNTED_MAX + 1` rows, as it is written: `9,999` or `10,000+`. */
export function countText(count: number, locale = 'en'): string {
  const shown = new Intl.NumberFormat(locale).format(Math.min(count, COUNTED_MAX))
  return count > COUNTED_MAX ? `${shown}+` : shown
}
