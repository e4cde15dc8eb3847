import type { deployment } from '#db/schema/deployment'

export type MailMode = 'sent' | 'waiting' | 'kept'

/**
 * What becomes of mail here. The demo and development never send any: every mail stays readable in the mailbox. Production
 * without a mail server keeps it waiting, nothing is lost.
 */
export function decideMailMode(
  purpose: (typeof deployment.$inferSelect)['purpose'],
  hasServer: boolean,
): MailMode {
  if (purpose === 'demo' || purpose === 'development') return 'kept'
  if (hasServer) return 'sent'
  return purpose === 'test' ? 'kept' : 'waiting'
}

/** A mail server that is away for a weekend gets its mail on Monday; older news is none. */
export const GIVE_UP_DAYS = 4
const PAUSE_MINUTES_MAX = 6 * 60

/** How long to wait after so many failed tries: a minute, two, four, up to six hours. */
export function pauseMinutes(attempts: number): number {
  return Math.min(2 ** Math.max(0, attempts - 1), PAUSE_MINUTES_MAX)
}
