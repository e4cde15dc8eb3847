/**
 * How often a race or a history is run: `usually` in a test run, far more often in `npm run soak`: as often as said, or fifty
 * times as often.
 */
export function rounds(usually: number, inSoak?: number): number {
  const factor = process.env.SOAK_FACTOR
  if (factor === undefined) return usually
  return inSoak ?? usually * Number(factor)
}
