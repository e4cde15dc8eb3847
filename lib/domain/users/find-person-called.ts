import { and, eq, isNull, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { users } from '#db/schema/users'

/** Whose username or e-mail address it is, in any case; accounts that ended are nobody's. */
export async function findPersonCalled(login: string) {
  const name = login.includes('@') ? users.email : users.username
  const [person] = await database()
    .select({
      id: users.id,
      fullName: users.fullName,
      passwordHash: users.passwordHash,
      homeOrganizationId: users.homeOrganizationId,
      deactivatedAt: users.deactivatedAt,
    })
    .from(users)
    .where(and(eq(sql`lower(${name})`, login.toLowerCase()), isNull(users.endedAt)))
  return person
}
