import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { allowlists } from '#db/schema/allowlist'
import { type Actor, personOf } from '../permissions/actor.ts'
import type { Allowlist } from './open-allowlist.ts'

/** Writes an opened policy's mode or switch, who changed it and when, and a version more. */
export async function setPolicy(
  tx: Transaction,
  actor: Actor,
  allowlist: Allowlist,
  change: Partial<Pick<Allowlist, 'mode' | 'internalAutoApproval'>>,
): Promise<void> {
  await tx
    .update(allowlists)
    .set({
      ...change,
      version: sql`${allowlists.version} + 1`,
      updatedAt: sql`now()`,
      updatedBy: personOf(actor),
    })
    .where(eq(allowlists.rootOrganizationId, allowlist.rootOrganizationId))
}
