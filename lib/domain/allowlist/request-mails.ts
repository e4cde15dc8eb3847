import { listed } from '../../base/listed.ts'
import { mailText } from '../mail/mail-text.ts'
import type { Actor } from '../permissions/actor.ts'
import { REMINDER_DAYS, REQUEST_DAYS } from './schema.ts'

/* What we write about requests: to those who may answer them, and to those who asked. */

type Letter = { subject: string; text: string }

/** A request as whoever may answer it reads of it. */
export type RequestTold = {
  path: string
  app: string
  publisher: string
  scopes: number
  people: number
  /** What the first who gave a reason wrote. */
  reason: string | null
  expiresAt: Date
}

/** As many as one reads in a mail; the number says how many there are. */
const TOLD_MAX = 20

type ToAnswerer = {
  to: string
  organization: string
  requests: readonly RequestTold[]
  /** Where all of them stand. */
  inboxPath: string
}

/** People ask for apps, and wait. Said of each request once. */
export function requestNotice(told: ToAnswerer): Letter {
  const { organization, requests } = told
  const [first] = requests
  const isOne = first !== undefined && requests.length === 1
  return {
    subject: isOne
      ? `Somebody at ${organization} asks for ${first.app}`
      : `People at ${organization} ask for ${requests.length} apps or more rights for them`,
    text: toAnswerer(told, [
      isOne
        ? `Somebody at ${organization} was stopped at an app that is not approved, and asks you for it.`
        : `People at ${organization} were stopped at apps that are not approved, and ask you for them.`,
    ]),
  }
}

/** They still wait. */
export function requestReminder(told: ToAnswerer): Letter {
  const { organization, requests } = told
  const [first] = requests
  const isOne = first !== undefined && requests.length === 1
  return {
    subject: isOne
      ? `The request for ${first.app} still waits`
      : `${requests.length} requests at ${organization} still wait`,
    text: toAnswerer(told, [
      isOne
        ? `A request at ${organization} has waited for ${REMINDER_DAYS} days or more, or ends soon without an answer.`
        : `Requests at ${organization} have waited for ${REMINDER_DAYS} days or more, or end soon without an answer.`,
    ]),
  }
}

function toAnswerer({ to, organization, requests, inboxPath }: ToAnswerer, happened: string[]): string {
  const [first] = requests
  const isOne = first !== undefined && requests.length === 1
  const more = requests.length - TOLD_MAX
  return mailText({
    to,
    happened: [
      ...happened,
      ...requests.slice(0, TOLD_MAX).map(requestWords),
      ...(more > 0 ? [`And ${more.toLocaleString('en')} more.`] : []),
    ],
    link: {
      words: isOne ? 'To see what it asks for, and answer:' : 'To see what they ask for, and answer:',
      path: isOne ? first.path : inboxPath,
      goodFor: 'Opening the address changes nothing.',
    },
    why: `You get this because you answer requests at ${organization}. An administrator can switch these mails off under Policy › Rules.`,
  })
}

function requestWords({ app, publisher, scopes, people, reason, expiresAt }: RequestTold): string {
  const waits = people === 1 ? 'one person waits' : `${people.toLocaleString('en')} people wait`
  const asks = scopes === 1 ? 'one scope' : `${scopes} scopes`
  const why = reason ? ` “${reason}”` : ''
  return `${app} by ${publisher}: asks for ${asks}, ${waits}. Ends unanswered on ${dayText(expiresAt)}.${why}`
}

/** What became of a request, as whoever asked for it is told. */
export type Outcome =
  | {
      kind: 'approved'
      by: string | null
      /** In words; what was asked and not approved. */
      refused: readonly string[]
      endsAt: Date | null
    }
  | { kind: 'declined'; by: string | null; reason: string | null }
  | { kind: 'expired' }
  | { kind: 'blocked' }
  | { kind: 'not-needed' }
  | { kind: 'app-deleted' }

type ToRequester = { to: string; app: string; organization: string; path: string; outcome: Outcome }

export function outcomeMail({ to, app, organization, path, outcome }: ToRequester): Letter {
  const why = `You get this because you asked for ${app} at ${organization}.`
  const text = (happened: readonly string[], link?: { words: string; goodFor?: string }) =>
    mailText({ to, happened, why, ...(link && { link: { ...link, path } }) })
  switch (outcome.kind) {
    case 'approved': {
      const { refused, endsAt } = outcome
      const isPart = refused.length > 0
      return {
        subject: isPart
          ? `${app} is approved for a part of what it asked`
          : `${app} is approved: you can go on`,
        text: text(
          [
            `${byWhom(outcome.by, organization)} has approved ${app}${isPart ? ' for a part of what it asked for' : ''}.`,
            ...(isPart
              ? [
                  `Not approved: ${listed(refused.slice(0, TOLD_MAX), Math.max(0, refused.length - TOLD_MAX))}. Where the app insists on that, it does not get through.`,
                ]
              : []),
            ...(endsAt ? [`The approval is good until ${dayText(endsAt)}.`] : []),
          ],
          {
            words: 'To go on with the app:',
            goodFor: 'You still decide yourself what you allow the app.',
          },
        ),
      }
    }
    case 'declined':
      return {
        subject: `Your request for ${app} was declined`,
        text: text([
          `${byWhom(outcome.by, organization)} has declined your request for ${app}.`,
          outcome.reason
            ? `The reason: “${outcome.reason}”`
            : 'No reason was given. If you need the app for your work, talk to them.',
        ]),
      }
    case 'expired':
      return {
        subject: `Nobody answered your request for ${app}`,
        text: text(
          [
            `Your request for ${app} at ${organization} waited for ${REQUEST_DAYS} days without an answer, and is over.`,
          ],
          {
            words: 'If you still need it, begin at the app again and ask once more:',
            goodFor: `Or talk to an administrator of ${organization}.`,
          },
        ),
      }
    case 'blocked':
      return {
        subject: `${organization} has blocked ${app}`,
        text: text([
          `The administrators of ${organization} have blocked ${app}, so your request for it is over.`,
          'If you need it for your work, talk to one of them.',
        ]),
      }
    case 'not-needed':
      return {
        subject: `${app} needs no approval any more: you can go on`,
        text: text(
          [`${organization} lets you use ${app} without an approval now, so your request for it is over.`],
          {
            words: 'To go on where you stopped:',
            goodFor: 'You still decide yourself what you allow the app.',
          },
        ),
      }
    case 'app-deleted':
      return {
        subject: `${app} was deleted, and your request for it is over`,
        text: text([
          `${app} is no longer there: its publisher has deleted it. Your request for it at ${organization} is over.`,
          `If you need something like it for your work, talk to an administrator of ${organization}.`,
        ]),
      }
  }
}

/** Whose answer it is, as those who asked read it; null: an app gave it, or the process itself. */
export function signatureOf(actor: Actor): string | null {
  return actor.kind === 'user' ? actor.name : null
}

function byWhom(name: string | null, organization: string): string {
  return name
    ? `${name}, who answers requests at ${organization},`
    : `Whoever answers requests at ${organization}`
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

function dayText(moment: Date): string {
  return DAY.format(moment)
}
