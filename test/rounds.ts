/** How often a race or a history is run: `usually` in a test run, far more often in `npm run soak`. */
export function rounds(usually: number): number {
  return usually * Number(process.env.SOAK_FACTOR ?? 1)
}
