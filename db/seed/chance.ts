/** A source of chance that always falls the same way: two seeds of the demo look alike. */
export type Chance = {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number
  /** Whether something of that probability happens. */
  happens(probability: number): boolean
  /** A number from `low` to `high`, nearer to `low` the greater the `lean`. */
  between(low: number, high: number, lean?: number): number
  pick<T>(from: readonly T[]): T
  sample<T>(from: readonly T[], count: number): T[]
}

const FRACTION = 2 ** 32

export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  /** Mulberry32: small, and good enough to scatter moments. */
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / FRACTION
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    below,
    happens: (probability) => next() < probability,
    between: (low, high, lean = 1) => low + (high - low) * next() ** lean,
    pick: (from) => {
      const picked = from[below(from.length)]
      if (picked === undefined) throw new Error('There is nothing to pick from.')
      return picked
    },
    sample: (from, count) => {
      const rest = [...from]
      const taken = []
      while (taken.length < count && rest.length > 0) taken.push(...rest.splice(below(rest.length), 1))
      return taken
    },
  }
}
