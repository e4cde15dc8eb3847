import type { Figure } from '#components/ui/facts'
import { countText, leastText } from '#lib/base/bounded-count'

type Counted = { families: number; tokens: number; isExact?: boolean }

/** People who lose an app, exact up to 10,000. */
export const peopleFigure = (people: number): Figure => ({
  label: people === 1 ? 'person loses it' : 'people lose it',
  value: countText(people),
})

/** What ends with whoever, or whatever, loses access. */
export function endingFigures(first: Figure, { families, tokens, isExact = true }: Counted): Figure[] {
  return [
    first,
    {
      label: families === 1 ? 'token family ends' : 'token families end',
      value: leastText(families, isExact),
    },
    {
      label: tokens === 1 ? 'token stops working' : 'tokens stop working',
      value: leastText(tokens, isExact),
      detail: 'at their next use',
    },
  ]
}

/** What waits with whatever is frozen. */
export function pausingFigures(first: Figure, { families, tokens, isExact = true }: Counted): Figure[] {
  return [
    first,
    {
      label: families === 1 ? 'token family pauses' : 'token families pause',
      value: leastText(families, isExact),
    },
    {
      label: tokens === 1 ? 'token is refused' : 'tokens are refused',
      value: leastText(tokens, isExact),
      detail: 'at their next use',
    },
  ]
}
