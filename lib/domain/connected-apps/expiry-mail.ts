import { environment } from '../../base/env.ts'
import type { Id } from '../../base/ids.ts'
import { mailText } from '../mail/mail-text.ts'

/** A secret or key of which its app's owner is told that it ends. */
export type Expiring = {
  kind: 'secret' | 'key'
  name: string
  /** The last four characters of a secret, the ID (kid) of a key. */
  mark: string
  app: string
  appId: Id<'app'>
  organizationId: Id<'organization'>
  expiresAt: Date
  lastUsedAt: Date | null
}

/** What the owner reads: which of which app, when it ends, whether it is in use, and where to make the next one. */
export function expiryMail(
  { to, organization, expiring }: { to: string; organization: string; expiring: readonly Expiring[] },
  now = new Date(),
): { subject: string; text: string } {
  const sorted = [...expiring].sort((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime())
  const [first] = sorted
  const subject =
    first && sorted.length === 1
      ? `The ${first.kind} “${first.name}” of ${first.app} ends ${inDays(first.expiresAt, now)}`
      : `${sorted.length} secrets and keys of your apps at ${organization} end soon`
  const isOne = sorted.length === 1
  const text = mailText({
    to,
    happened: [
      isOne
        ? `A credential of an app that you own at ${organization} ends soon. Whatever uses it then is refused.`
        : `Credentials of apps that you own at ${organization} end soon. Whatever uses them then is refused.`,
      ...sorted.flatMap((one) => [sentence(one, now), credentialsUrl(one)]),
      'Make a new one there and give it to the app. The old one works until it ends, so that nothing stops in between.',
    ],
    why: `You get this because you own ${isOne ? 'this app' : 'these apps'}.`,
  })
  return { subject, text }
}

function sentence(one: Expiring, now: Date): string {
  const mark = one.kind === 'secret' ? `ends in ${one.mark}` : `ID ${one.mark}`
  const used = one.lastUsedAt ? `It was last used on ${momentText(one.lastUsedAt)}.` : 'It was never used.'
  return `${one.app}: the ${one.kind} “${one.name}” (${mark}) ends ${inDays(one.expiresAt, now)}, on ${momentText(one.expiresAt)}. ${used}`
}

/** The page where the next one is made. */
function credentialsUrl({ organizationId, appId }: Expiring): string {
  return `${environment().publicUrl}/o/${organizationId}/access-management/connected-apps/owned-apps/${appId}/credentials`
}

const HOUR_MILLISECONDS = 3_600_000

function inDays(end: Date, now: Date): string {
  const hours = (end.getTime() - now.getTime()) / HOUR_MILLISECONDS
  if (hours < 1.5) return 'within the hour'
  if (hours < 23.5) return `in ${Math.round(hours)} hours`
  const days = Math.round(hours / 24)
  return days === 1 ? 'in one day' : `in ${days} days`
}

function momentText(moment: Date): string {
  const text = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  return `${text.format(moment)} UTC`
}
