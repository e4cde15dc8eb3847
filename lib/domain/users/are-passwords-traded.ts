import { and, eq, isNull } from 'drizzle-orm'
import { database } from '#db/client'
import { organizations } from '#db/schema/organizations'

/** Whether any organization of this deployment lets scripts trade passwords: where none does, no password is looked at. */
export async function arePasswordsTraded(): Promise<boolean> {
  const [row] = await database()
    .select({ id: organizations.id })
    .from(organizations)
    .where(
      and(
        eq(organizations.allowsPasswordTokens, true),
        isNull(organizations.endedAt),
        isNull(organizations.suspendedAt),
      ),
    )
    .limit(1)
  return row !== undefined
}
