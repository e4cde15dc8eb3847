import type { Transaction } from '#db/client'
import { allowlists } from '#db/schema/allowlist'
import type { Id } from '../../base/ids.ts'

/** Makes the root organization's policy row if nothing has been said yet: Unrestricted. */
export async function ensureAllowlist(
  tx: Transaction,
  rootOrganizationId: Id<'organization'>,
): Promise<void> {
  await tx.insert(allowlists).values({ rootOrganizationId }).onConflictDoNothing()
}
