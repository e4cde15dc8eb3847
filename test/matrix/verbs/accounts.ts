import { eq } from 'drizzle-orm'
import { database, transaction } from '#db/client'
import { users } from '#db/schema/users'
import { sendPasswordReset } from '#lib/domain/offboarding/send-password-reset'
import { type Actor, personOf } from '#lib/domain/permissions/actor'
import { makeAccountLink } from '#lib/domain/users/account-links'
import { changeName } from '#lib/domain/users/change-name'
import { changePassword } from '#lib/domain/users/change-password'
import { confirmEmailChange } from '#lib/domain/users/confirm-email-change'
import { endOtherSessions } from '#lib/domain/users/end-other-sessions'
import { getOwnAccount } from '#lib/domain/users/get-own-account'
import { listOwnSessions } from '#lib/domain/users/list-own-sessions'
import { hashPassword } from '#lib/domain/users/passwords'
import { provePassword } from '#lib/domain/users/prove-password'
import { requestEmailChange } from '#lib/domain/users/request-email-change'
import { activePerson } from '../callers.ts'
import { ACCOUNT, ANYONE, needs, only, peopleOnly } from '../needs.ts'
import { row } from '../row.ts'

/** Everybody their own, whatever their places; no app, and nobody whose account is not active. */
const OWN_ACCOUNT = peopleOnly(only((caller) => activePerson(caller) !== undefined, 'unauthenticated'))

const PASSWORD = 'correct horse battery'
const EMAIL = 'brand-new@example.com'
let passwordHash: Promise<string> | undefined

/** Gives whoever asks a password. */
async function withPassword(actor: Actor): Promise<void> {
  passwordHash ??= hashPassword(PASSWORD)
  const userId = personOf(actor)
  if (!userId) return
  await database()
    .update(users)
    .set({ passwordHash: await passwordHash })
    .where(eq(users.id, userId))
}

export const ACCOUNTS = [
  row(getOwnAccount, () => undefined, OWN_ACCOUNT),
  row(listOwnSessions, () => undefined, peopleOnly(ANYONE)),
  row(endOtherSessions, () => undefined, OWN_ACCOUNT),
  row(changeName, () => ({ fullName: 'Brand New' }), OWN_ACCOUNT),
  row(
    provePassword,
    async (_w, actor) => {
      await withPassword(actor)
      return PASSWORD
    },
    peopleOnly(ANYONE),
    { more: ['password'] },
  ),
  row(
    changePassword,
    async (_w, actor) => {
      await withPassword(actor)
      return { currentPassword: PASSWORD, newPassword: 'another horse entirely' }
    },
    OWN_ACCOUNT,
  ),
  row(
    requestEmailChange,
    async (_w, actor) => {
      await withPassword(actor)
      return { email: EMAIL, password: PASSWORD }
    },
    OWN_ACCOUNT,
  ),
  row(
    confirmEmailChange,
    async (w, actor) => {
      const userId = personOf(actor) ?? w.newcomer.id
      const link = { purpose: 'email-change', userId, newEmail: EMAIL } as const
      const { token } = await transaction((tx) => makeAccountLink(tx, link))
      return { token }
    },
    OWN_ACCOUNT,
  ),
  row(sendPasswordReset, (w) => ({ userId: w.newcomer.id }), needs('users.send-password-reset', ACCOUNT)),
]
