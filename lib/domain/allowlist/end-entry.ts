import { and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { allowlistEntries } from '#db/schema/allowlist'
import type { Id } from '../../base/ids.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import type { Allowlist } from './open-allowlist.ts'

/**
 * Ends the app's entry on an opened allowlist: only new yeses are refused from now on, and what hung on an end that it had runs
 * on. Returns the scopes it held; null if there is none, or it is over.
 */
export async function endEntry(
  tx: Transaction,
  actor: Actor,
  allowlist: Allowlist,
  appId: Id<'app'>,
): Promise<string[] | null> {
  const ended = await tx
    .update(allowlistEntries)
    .set({ endedAt: sql`now()`, endedBy: personOf(actor), endsAt: null, endSetAt: null })
    .where(
      and(
        eq(allowlistEntries.rootOrganizationId, allowlist.rootOrganizationId),
        eq(allowlistEntries.appId, appId),
        isNull(allowlistEntries.endedAt),
        or(isNull(allowlistEntries.endsAt), gt(allowlistEntries.endsAt, sql`now()`)),
      ),
    )
    .returning({ scopes: allowlistEntries.scopes })
  return ended[0]?.scopes ?? null
}
