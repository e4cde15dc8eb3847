/** How long a key stands for its request: a job that failed overnight is tried again the next morning. */
export const IDEMPOTENCY_HOURS = 24
export const IDEMPOTENCY_KEY_LENGTH_MAX = 255
/** No request takes as long; one that is under way longer was interrupted. */
export const UNDER_WAY_SECONDS = 60

/** Requests are counted by the minute. */
export const RATE_WINDOW_SECONDS = 60

/** How many requests a caller has in a minute, by who they are. */
export const RATES = {
  /** A script that reads 100,000 apps asks for 2,000 pages: it is through in two minutes, and others are not kept waiting. */
  app: 1200,
  /** One person at one app's screen never asks as often; a loop would. */
  person: 600,
  /** The console in a person's browser: a dozen tabs that refresh live, and a list that is filtered letter by letter. */
  console: 3000,
  /** Tokens that are none, from one address: a misconfigured script is told by a few, one who tries tokens is held up. */
  stranger: 60,
} as const

export type RateName = keyof typeof RATES
