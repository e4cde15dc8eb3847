import { COUNTED_MAX, countText } from '#lib/base/bounded-count'

/** How many people are listed, and how many of them have no place there or below: the tree of business groups counts them above. */
export function peopleCount(total: number, withPlace = total): string {
  const people = total === 1 ? '1 person' : `${countText(total)} people`
  const fromAbove = total - withPlace
  // Of more than are counted, nobody knows the difference.
  if (fromAbove === 0 || total > COUNTED_MAX) return people
  if (fromAbove === total) return total === 1 ? `${people}, from above` : `${people}, all from above`
  return `${people}, ${countText(fromAbove)} of them from above`
}
