import { and, eq, isNull, sql } from 'drizzle-orm'
import { database, type Transaction, transaction } from '#db/client'
import { invitations } from '#db/schema/people'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { hashToken } from '../../base/secrets.ts'
import type { Origin, UserActor } from '../permissions/actor.ts'
import { insertUser } from '../users/insert-user.ts'
import { hashPassword } from '../users/passwords.ts'
import { INVITATION_GONE, openLiveInvitation } from './open-invitation.ts'
import { recordAcceptance } from './record-acceptance.ts'
import { type JoinByInvitationInput, joinByInvitationSchema } from './schema.ts'

/**
 * Somebody without an account makes one by the link that was mailed to them, and takes the place. The account's address is
 * the invited one, and counts as theirs: the link came there. Good once. Refuses a link that leads nowhere any more, a
 * username somebody has, and an address that has an account: its owner signs in instead.
 */
export async function joinByInvitation(
  visitor: Origin,
  input: JoinByInvitationInput,
): Promise<{ userId: Id<'user'> }> {
  const { token, fullName, username, password } = parse(joinByInvitationSchema, input)
  // Hashing is slow on purpose: not for whoever made a token up.
  await refuseUnknown(token)
  const passwordHash = await hashPassword(password)
  return transaction(async (tx) => {
    const held = await openLiveInvitation(tx, token)
    const { email } = held.invitation
    await refuseKnownAddress(tx, email)
    const userId = await insertUser(tx, { username, email, fullName, passwordHash })
    const person: UserActor = { kind: 'user', userId, name: fullName, ...visitor }
    await recordAcceptance(tx, person, held, { id: userId, fullName })
    return { userId }
  })
}

async function refuseUnknown(token: string): Promise<void> {
  const [known] = await database()
    .select({ id: invitations.id })
    .from(invitations)
    .where(and(eq(invitations.tokenHash, hashToken(token)), isNull(invitations.acceptedAt)))
  if (!known) throw new Refusal('expired', INVITATION_GONE)
}

async function refuseKnownAddress(tx: Transaction, email: string): Promise<void> {
  const [known] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(sql`lower(${users.email})`, email.toLowerCase()), isNull(users.endedAt)))
  if (known) throw new Refusal('conflict', `There is an account with ${email} already. Sign in to join.`)
}
