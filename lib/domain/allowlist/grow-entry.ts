import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { allowlistEntries, approvalRequests } from '#db/schema/allowlist'
import { type Id, newId } from '../../base/ids.ts'
import { scopeSet, scopesBeyond } from '../../base/scope-set.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import type { Allowlist } from './open-allowlist.ts'

export type Grown = { isNew: boolean; added: string[]; scopes: string[] }

/**
 * Adds scopes to the app's entry on an opened allowlist, making the entry if there is none; nothing is taken away.
 * Requests that the entry now covers are answered with it.
 */
export async function growEntry(
  tx: Transaction,
  actor: Actor,
  allowlist: Allowlist,
  {
    appId,
    scopes,
    origin,
  }: { appId: Id<'app'>; scopes: readonly string[]; origin: 'request' | 'administrator' },
): Promise<Grown> {
  const { rootOrganizationId } = allowlist
  const [entry] = await tx
    .select({ id: allowlistEntries.id, scopes: allowlistEntries.scopes })
    .from(allowlistEntries)
    .where(
      and(
        eq(allowlistEntries.rootOrganizationId, rootOrganizationId),
        eq(allowlistEntries.appId, appId),
        isNull(allowlistEntries.endedAt),
      ),
    )
  const grown = scopeSet(entry?.scopes ?? [], scopes)
  const added = scopesBeyond(grown, entry?.scopes ?? [])
  if (entry && added.length > 0) {
    await tx
      .update(allowlistEntries)
      .set({ scopes: grown, updatedAt: sql`now()`, updatedBy: personOf(actor) })
      .where(eq(allowlistEntries.id, entry.id))
  } else if (!entry) {
    const by = personOf(actor)
    const row = { id: newId('entry'), rootOrganizationId, appId, scopes: grown, origin }
    await tx.insert(allowlistEntries).values({ ...row, createdBy: by, updatedBy: by })
  }
  await answerCovered(tx, actor, { rootOrganizationId, appId, scopes: grown })
  return { isNew: !entry, added, scopes: grown }
}

async function answerCovered(
  tx: Transaction,
  actor: Actor,
  entry: { rootOrganizationId: Id<'organization'>; appId: Id<'app'>; scopes: string[] },
): Promise<void> {
  await tx
    .update(approvalRequests)
    .set({
      answer: 'approved',
      answeredAt: sql`now()`,
      answeredBy: personOf(actor),
      approvedScopes: sql`${approvalRequests.scopes}`,
    })
    .where(
      and(
        eq(approvalRequests.rootOrganizationId, entry.rootOrganizationId),
        eq(approvalRequests.appId, entry.appId),
        isNull(approvalRequests.answeredAt),
        sql`${approvalRequests.scopes} <@ ${sql.param(entry.scopes, approvalRequests.scopes)}`,
      ),
    )
}
