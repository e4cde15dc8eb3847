import type { Figure } from '#components/ui/facts'
import { countText, leastText } from '#lib/base/bounded-count'

type Counted = { families: number; tokens: number; isExact?: boolean }

/** People who lose an app, exact up to 10,000. */
export const peopleFigure = (people: number): Figure => ({
  label: people === 1 ? 'person loses it' : 'people lose it',
  value: countText(people),
})

/** What ends with whoever, or whatever, loses access. */
export const endingFigures = figuresOf(
  ['token family ends', 'token families end'],
  ['token stops working', 'tokens stop working'],
)

/** What waits with whatever is frozen. */
export const pausingFigures = figuresOf(
  ['token family pauses', 'token families pause'],
  ['token is refused', 'tokens are refused'],
)

/** What goes on with whatever is unfrozen. */
export const resumingFigures = figuresOf(
  ['token family goes on', 'token families go on'],
  ['token works again', 'tokens work again'],
)

type Words = readonly [one: string, many: string]

function figuresOf(familyWords: Words, tokenWords: Words) {
  const figure = (count: number, [one, many]: Words, isExact: boolean): Figure => ({
    label: count === 1 ? one : many,
    value: leastText(count, isExact),
  })
  return (first: Figure, { families, tokens, isExact = true }: Counted): Figure[] => [
    first,
    figure(families, familyWords, isExact),
    { ...figure(tokens, tokenWords, isExact), detail: 'at their next use' },
  ]
}
