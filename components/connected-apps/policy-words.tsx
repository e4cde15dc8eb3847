import { countText } from '#lib/base/bounded-count'

/** How the policy and the allowlist are spoken of, in one place so that the words can be translated. */
export const MODE = { unrestricted: 'Unrestricted', restricted: 'Restricted', closed: 'Closed' } as const
export const MODE_HINT = {
  unrestricted: 'Members may authorize any connected app.',
  restricted: 'Members may authorize only apps on the application allowlist. For others they ask you.',
  closed: 'Nobody may authorize anything new. What runs keeps running.',
} as const
export const ENTRY_ORIGIN = {
  seeded: 'In use at the switch',
  request: 'By request',
  administrator: 'Added by hand',
} as const
export const APPROVED_IN_PART = 'Approved in part'
export const ANSWER = {
  approved: 'Approved',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
  expired: 'Expired',
  blocked: 'App blocked',
  'not-needed': 'Not needed any more',
  'app-deleted': 'App deleted',
} as const
/** What the allowlist says of an app that runs, and whether it wants attention. */
export const LISTING = {
  listed: { word: 'Listed', tone: 'ok' },
  'asks-more': { word: 'Listed, asks more', tone: 'accent' },
  internal: { word: 'Internal', tone: 'ok' },
  'not-listed': { word: 'Not listed', tone: 'warn' },
  'no-entry': { word: 'Not listed', tone: 'none' },
} as const

/** What the end of an entry does, and to how many: also to whoever authorized the app before it was listed. */
export function endOfEntryWords(people: number | undefined): string {
  const then = 'At its end it is off the allowlist, and everything people authorized it for by then ends.'
  if (!people) return then
  return `${then} Today ${people === 1 ? 'one person uses' : `${countText(people)} people use`} it.`
}
