import type { Transaction } from '#db/client'
import { outgoingMails } from '#db/schema/mail'
import { sessions } from '#db/schema/users'
import { seal } from '#lib/base/encryption'
import { mailText } from '#lib/domain/mail/mail-text'
import { SESSION_DAYS_MAX } from '#lib/domain/users/start-session'
import { ACCOUNT_NEWS, OPEN_BROWSERS } from './account-tables.ts'
import { AT_A_BROWSER, IN_THE_HAND } from './devices.ts'
import { DAY, idAt, later } from './moments.ts'
import { named, type World } from './world.ts'

/** What people changed about their accounts: the mail that told them, and the line in the audit log. */
export async function insertAccountNews(tx: Transaction, world: World): Promise<void> {
  const mails = ACCOUNT_NEWS.map(({ person: key, ago, what, former }) => {
    const person = named(world.people, key)
    const where = named(world.organizations, person.roots[0] ?? '')
    const at = world.clock.ago(ago)
    const isEmail = what === 'email-changed'
    const subject = { id: person.id, name: person.fullName }
    const details = isEmail ? { before: former, after: person.email } : { endedSessions: 1 }
    const name = isEmail ? 'user.email-changed' : 'user.password-changed'
    world.chronicle.tell({ at, name, by: person, where, subject, details })
    const id = idAt('mail', at)
    const text = mailText({
      to: person.fullName,
      happened: [
        isEmail
          ? `The e-mail address of your account ${person.username} is ${person.email} now. From now on mail goes there.`
          : `The password of your account ${person.username} was changed, from ${person.ip} (Firefox, Linux). You were signed out everywhere else.`,
      ],
      ifNotYou: `If it was not you, tell an administrator of ${where.name} at once.`,
      why: isEmail
        ? 'You get this because this was the e-mail address of your account.'
        : 'You get this because it is the e-mail address of your account.',
    })
    return {
      id,
      rootOrganizationId: where.rootOrganizationId,
      kind: what,
      recipient: isEmail ? former : person.email,
      subject: isEmail ? 'Your e-mail address was changed' : 'Your password was changed',
      sealedText: seal(text, id),
      createdAt: at,
      sentAt: at,
    }
  })
  await tx.insert(outgoingMails).values(mails)
}

/** Browsers that those who may sign in left open, so that they see where they are signed in. */
export async function insertOpenBrowsers(tx: Transaction, { clock, people, chance }: World): Promise<void> {
  await tx.insert(sessions).values(
    OPEN_BROWSERS.map(({ person: key, since, seen, device }) => {
      const { id: userId, ip } = named(people, key)
      const createdAt = clock.ago(since)
      return {
        id: idAt('session', createdAt),
        userId,
        createdAt,
        authenticatedAt: createdAt,
        authenticationMethods: ['pwd'],
        ip,
        userAgent: chance.pick(device === 'phone' ? IN_THE_HAND : AT_A_BROWSER),
        lastSeenAt: clock.ago(seen),
        expiresAt: later(createdAt, SESSION_DAYS_MAX * DAY),
      }
    }),
  )
}
