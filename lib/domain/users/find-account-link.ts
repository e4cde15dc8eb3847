import { and, eq, isNull } from 'drizzle-orm'
import { database } from '#db/client'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { type LinkPurpose, linkOf } from './account-links.ts'

/** Whose account a mailed link is for, as long as both are good. Looking uses nothing up: mail programs open links too. */
export async function findAccountLink(
  token: string,
  purpose: LinkPurpose,
): Promise<{ userId: Id<'user'>; username: string; newEmail: string | null } | undefined> {
  const db = database()
  const link = await linkOf(db, token, purpose)
  if (!link) return undefined
  const [user] = await db
    .select({ username: users.username })
    .from(users)
    .where(and(eq(users.id, link.userId), isNull(users.endedAt), isNull(users.deactivatedAt)))
  return user && { ...link, username: user.username }
}
