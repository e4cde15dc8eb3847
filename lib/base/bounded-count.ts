/** Beyond this nobody reads the difference, and counting on would cost what the list saves. */
export const COUNTED_MAX = 10_000

/** A count taken over at most `max + 1` rows, as it is written: `9,999` or `10,000+`. */
export function countText(count: number, max = COUNTED_MAX, locale = 'en'): string {
  const shown = new Intl.NumberFormat(locale).format(Math.min(count, max))
  return count > max ? `${shown}+` : shown
}

/** A count that is exact, or the least it can be: `812` or `812+`. */
export function leastText(count: number, isExact: boolean, locale = 'en'): string {
  const shown = new Intl.NumberFormat(locale).format(count)
  return isExact ? shown : `${shown}+`
}
