import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { allowlistEntries, liveEntries } from '#db/schema/allowlist'
import { type Id, newId } from '../../base/ids.ts'
import { scopeSet, scopesBeyond } from '../../base/scope-set.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { answerCovered } from './answer-covered.ts'
import { makeRoom } from './end-overdue-entries.ts'
import type { Allowlist } from './open-allowlist.ts'

export type Grown = {
  isNew: boolean
  added: string[]
  scopes: string[]
  /** The requests that were answered with it. */
  answered: Id<'approvalRequest'>[]
  endsAt: Date | null
}

/** Until when a new entry is good, and for whom; null: no end, everyone. */
export type EntryLimits = { endsAt: Date | null; group: { id: Id<'group'> } | null }

const UNLIMITED: EntryLimits = { endsAt: null, group: null }

/**
 * Adds scopes to the app's entry on an opened allowlist, making the entry if there is none; nothing is taken away, and an
 * entry that is there keeps its limits. Requests that the entry now covers, for all who wait, are answered with it, and they
 * are told.
 */
export async function growEntry(
  tx: Transaction,
  actor: Actor,
  allowlist: Allowlist,
  {
    appId,
    scopes,
    origin,
    limits = UNLIMITED,
  }: {
    appId: Id<'app'>
    scopes: readonly string[]
    origin: 'request' | 'administrator'
    limits?: EntryLimits
  },
): Promise<Grown> {
  const { rootOrganizationId } = allowlist
  await makeRoom(tx, rootOrganizationId)
  const [entry] = await tx
    .select({ id: liveEntries.id, scopes: liveEntries.scopes, endsAt: liveEntries.endsAt })
    .from(liveEntries)
    .where(and(eq(liveEntries.rootOrganizationId, rootOrganizationId), eq(liveEntries.appId, appId)))
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
    const { endsAt, group } = limits
    await tx.insert(allowlistEntries).values({
      ...row,
      groupId: group?.id ?? null,
      endsAt,
      endSetAt: endsAt && sql`clock_timestamp()`,
      createdBy: by,
      updatedBy: by,
    })
  }
  const endsAt = entry ? entry.endsAt : limits.endsAt
  const answered = await answerCovered(tx, actor, { rootOrganizationId, appId, scopes: grown, endsAt })
  return { isNew: !entry, added, scopes: grown, endsAt, answered }
}
