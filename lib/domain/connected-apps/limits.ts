/* What browsers ask too: kept apart from the schemas, which would bring their reader (zod) into every page that asks. */

/** As many as anyone keeps apart; more would only widen what can leak. */
export const LIVE_SECRETS_MAX = 5

/** How an app's secret stands: none that works, ends within 30 days, or made that long ago. Of several, the one that works longest counts. */
export const SECRET_STANDINGS = [
  'none',
  'ends-soon',
  'over-90-days',
  'over-180-days',
  'over-365-days',
] as const
