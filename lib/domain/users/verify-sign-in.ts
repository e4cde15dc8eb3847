import { z } from 'zod'
import { transaction } from '#db/client'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Origin } from '../permissions/actor.ts'
import { type Attempt, countSignIn, forgiveSignIn } from './count-sign-in.ts'
import { findPersonCalled } from './find-person-called.ts'
import { verifyPassword } from './passwords.ts'
import { tooManyAttempts } from './too-many-attempts.ts'

const schema = z.object({
  login: z
    .string()
    .trim()
    .min(1, 'Enter your username or e-mail address.')
    .max(320, 'That is too long to be a username.'),
  password: z.string().min(1, 'Enter your password.').max(1024, 'That is too long to be a password.'),
})
export type VerifySignInInput = z.input<typeof schema>

/** What an unknown login is compared with, so that it takes as long as a known one. No password has this hash. */
const HASH_OF_NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$c29tZSBzYWx0IG9mIG91cnM$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

/**
 * Tells who a visitor is, by username or e-mail address and password. An unknown login, a wrong password and a
 * deactivated account get the same words after the same work. Too many failures for one account or one address are
 * refused with the time to wait, before the password is looked at; the count survives restarts and holds for all processes.
 */
export async function verifySignIn(
  visitor: Origin,
  input: VerifySignInInput,
): Promise<{ userId: Id<'user'>; fullName: string }> {
  const { login, password } = parse(schema, input)
  const person = await findPersonCalled(login)
  const account = person ? `person ${person.id}` : `nobody ${login.toLowerCase()}`
  const attempt: Attempt = { account, ip: visitor.ip }
  const waitSeconds = await countSignIn(attempt)
  if (waitSeconds > 0) throw new Refusal('limit-reached', tooManyAttempts('sign in', waitSeconds))
  const isRight = await verifyPassword(person?.passwordHash ?? HASH_OF_NOBODY, password)
  if (!person || !isRight || !person.passwordHash || person.deactivatedAt) {
    await recordRefusal(visitor, person)
    throw new Refusal(
      'unauthenticated',
      'This username and password do not go together. Check both and try again.',
    )
  }
  await forgiveSignIn(attempt)
  return { userId: person.id, fullName: person.fullName }
}

type Person = NonNullable<Awaited<ReturnType<typeof findPersonCalled>>>

/** The typed login is not kept where it names nobody: people type their password there by mistake. */
async function recordRefusal(visitor: Origin, person: Person | undefined): Promise<void> {
  await transaction((tx) =>
    record(
      tx,
      { kind: 'system', name: 'sign-in', ...visitor },
      {
        name: 'session.refused',
        rootOrganizationId: person?.homeOrganizationId ?? null,
        subject: { id: person?.id ?? '', name: person?.fullName ?? 'an unknown account' },
      },
    ),
  )
}
