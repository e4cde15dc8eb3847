import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { organizations } from '#db/schema/organizations'
import { accountLinks, users } from '#db/schema/users'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { themselves } from './themselves.ts'

export type OwnAccount = {
  username: string
  fullName: string
  email: string
  /** The address that waits to be confirmed. */
  emailAsked: string | null
  passwordChangedAt: Date | null
  homeName: string | null
  createdAt: Date
}

/** What a person sees of their own account. */
export async function getOwnAccount(actor: Actor): Promise<OwnAccount> {
  const userId = themselves(actor)
  const [account] = await database()
    .select({
      username: users.username,
      fullName: users.fullName,
      email: users.email,
      emailAsked: accountLinks.newEmail,
      passwordChangedAt: users.passwordChangedAt,
      homeName: organizations.name,
      createdAt: users.createdAt,
    })
    .from(users)
    .leftJoin(organizations, eq(organizations.id, users.homeOrganizationId))
    .leftJoin(
      accountLinks,
      and(
        eq(accountLinks.userId, users.id),
        eq(accountLinks.purpose, 'email-change'),
        isNull(accountLinks.usedAt),
        isNull(accountLinks.endedAt),
        gt(accountLinks.expiresAt, sql`now()`),
      ),
    )
    .where(and(eq(users.id, userId), isNull(users.endedAt), isNull(users.deactivatedAt)))
    .limit(1)
  if (!account) throw new Refusal('unauthenticated', 'This account is no longer active.')
  return account
}
