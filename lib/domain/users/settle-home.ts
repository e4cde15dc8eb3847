import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'

/** A person's first root organization becomes their home, which alone administers the account; later ones change nothing. */
export async function settleHome(
  tx: Transaction,
  userId: Id<'user'>,
  rootOrganizationId: Id<'organization'>,
): Promise<void> {
  await tx
    .update(users)
    .set({ homeOrganizationId: rootOrganizationId })
    .where(and(eq(users.id, userId), isNull(users.homeOrganizationId)))
}
