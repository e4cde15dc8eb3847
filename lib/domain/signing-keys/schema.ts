/** RS256 is what every client understands (OpenID Connect Core §15.1); ES256 is for those who ask for it. */
export const SIGNING_ALGORITHMS = ['RS256', 'ES256'] as const
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number]

/** A new key is published this long before anything is signed with it, so that every process and every relying party knows it by then. */
export const PUBLISHED_BEFORE_USE_MINUTES = 10
/** A retired key stays published while what it signed may still be checked: ID tokens live an hour. */
export const PUBLISHED_AFTER_RETIREMENT_HOURS = 24
