import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { organizations } from '#db/schema/organizations'
import { deviceWords } from '../../base/device-words.ts'
import { mailText } from '../mail/mail-text.ts'
import { queueMail } from '../mail/queue-mail.ts'
import type { Origin } from '../permissions/actor.ts'
import { LINK_MINUTES } from './account-links.ts'
import type { User } from './open-user.ts'

/* What we write to people about their accounts. Each owes its mail to the transaction that did what it tells. */

const ONCE = `It works once, for ${LINK_MINUTES} minutes.`
const YOUR_ADDRESS = 'You get this because it is the e-mail address of your account.'

/** `by` names the administrator who sends the link; otherwise it was asked for at the sign-in page, from `origin`. */
export async function mailResetLink(
  tx: Transaction,
  user: User,
  token: string,
  { by, origin }: { by?: string; origin: Origin },
): Promise<void> {
  const home = await homeOf(tx, user)
  await queueMail(tx, {
    kind: 'password-reset',
    to: user.email,
    subject: 'Choose a new password for Gatehouse',
    rootOrganizationId: user.homeOrganizationId,
    text: mailText({
      to: user.fullName,
      happened: [
        by
          ? `${by}, an administrator of ${home}, sends you a link to choose a new password for your account ${user.username}.`
          : `Somebody asked for a new password for your account ${user.username}, ${whenAndWhere(origin)}.`,
      ],
      link: {
        words: 'To choose one, open this address:',
        path: `/reset-password?token=${token}`,
        goodFor: `${ONCE} Choosing a new password signs you out everywhere; apps you allowed keep working.`,
      },
      ifNotYou: by
        ? 'If you did not expect this, ask them first. Until you choose a new password, yours stays as it is.'
        : 'If it was not you, do nothing: your password stays as it is.',
      why: YOUR_ADDRESS,
    }),
  })
}

/** To somebody whose account was made with the root organization that is theirs. */
export async function mailNewOwner(
  tx: Transaction,
  user: User,
  organizationName: string,
  token: string,
): Promise<void> {
  await queueMail(tx, {
    kind: 'new-owner',
    to: user.email,
    subject: `${organizationName} is yours to look after`,
    rootOrganizationId: user.homeOrganizationId,
    text: mailText({
      to: user.fullName,
      happened: [
        `Whoever runs this Gatehouse has made ${organizationName} there, and named you its owner. Your account is ${user.username}.`,
      ],
      link: {
        words: 'To choose your password, open this address:',
        path: `/reset-password?token=${token}`,
        goodFor: `${ONCE} Later, ask for another by “Forgot your password?” where one signs in.`,
      },
      ifNotYou: 'If you did not expect this, you need not do anything.',
      why: 'You get this because your address was given with the account.',
    }),
  })
}

export async function mailPasswordChanged(tx: Transaction, user: User, origin: Origin): Promise<void> {
  const home = await homeOf(tx, user)
  await queueMail(tx, {
    kind: 'password-changed',
    to: user.email,
    subject: 'Your password was changed',
    rootOrganizationId: user.homeOrganizationId,
    text: mailText({
      to: user.fullName,
      happened: [
        `The password of your account ${user.username} was changed, ${whenAndWhere(origin)}. You were signed out everywhere else.`,
      ],
      link: {
        words: 'If it was not you, choose a new one at once:',
        path: '/forgotten-password',
        goodFor: `And tell an administrator of ${home}.`,
      },
      why: YOUR_ADDRESS,
    }),
  })
}

/** To the new address, which may turn out to be a stranger's: it says no more of the person than their username. */
export async function mailEmailConfirmation(
  tx: Transaction,
  user: User,
  newEmail: string,
  token: string,
): Promise<void> {
  await queueMail(tx, {
    kind: 'email-change',
    to: newEmail,
    subject: 'Confirm your e-mail address',
    rootOrganizationId: user.homeOrganizationId,
    text: mailText({
      to: null,
      happened: [
        `This address is to become the e-mail address of the account ${user.username} at Gatehouse.`,
      ],
      link: {
        words: 'To confirm it, open this address where you are signed in:',
        path: `/account/email/confirmation?token=${token}`,
        goodFor: ONCE,
      },
      ifNotYou: 'If you know nothing of this, do nothing: nothing changes.',
      why: 'You get this because somebody entered your address there.',
    }),
  })
}

/** Somebody wants an address that is somebody else's: they are told what everybody is told, its owner the truth. */
export async function mailEmailTaken(tx: Transaction, owner: User): Promise<void> {
  await queueMail(tx, {
    kind: 'email-taken',
    to: owner.email,
    subject: 'Your e-mail address was entered for another account',
    rootOrganizationId: owner.homeOrganizationId,
    text: mailText({
      to: owner.fullName,
      happened: [
        `Somebody with another account at Gatehouse entered your e-mail address as theirs. It belongs to your account ${owner.username}, so nothing changes.`,
      ],
      ifNotYou: 'If it was you, with a second account: an address belongs to one account at a time.',
      why: YOUR_ADDRESS,
    }),
  })
}

/** To the former address: whoever lost it against their will reads it there. */
export async function mailEmailChanged(
  tx: Transaction,
  user: User,
  newEmail: string,
  origin: Origin,
): Promise<void> {
  const home = await homeOf(tx, user)
  await queueMail(tx, {
    kind: 'email-changed',
    to: user.email,
    subject: 'Your e-mail address was changed',
    rootOrganizationId: user.homeOrganizationId,
    text: mailText({
      to: user.fullName,
      happened: [
        `The e-mail address of your account ${user.username} is ${newEmail} now. It was changed ${whenAndWhere(origin)}. From now on mail goes there.`,
      ],
      ifNotYou: `If it was not you, tell an administrator of ${home} at once: they can sign the account out and send you a link.`,
      why: 'You get this because this was the e-mail address of your account.',
    }),
  })
}

async function homeOf(tx: Transaction, { homeOrganizationId }: User): Promise<string> {
  if (!homeOrganizationId) return 'this Gatehouse'
  const [home] = await tx
    .select({ name: organizations.name })
    .from(organizations)
    .where(eq(organizations.id, homeOrganizationId))
  return home?.name ?? 'this Gatehouse'
}

const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })

/** “on 28 November 2026 at 14:03 UTC, from 203.0.113.7 (Chrome, Windows)” */
function whenAndWhere({ ip, userAgent }: Origin): string {
  const device = deviceWords(userAgent ?? null)
  const from = ip ? `, from ${ip}${device ? ` (${device})` : ''}` : ''
  return `on ${MOMENT.format(new Date())} UTC${from}`
}
