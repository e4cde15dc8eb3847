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
  version: number
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
    app,
    scopes,
    approving,
    limits = UNLIMITED,
  }: {
    app: { id: Id<'app'>; name: string }
    scopes: readonly string[]
    /** The request that is approved with it; without one an administrator adds the entry by themselves. */
    approving?: Id<'approvalRequest'>
    limits?: EntryLimits
  },
): Promise<Grown> {
  const { rootOrganizationId } = allowlist
  await makeRoom(tx, rootOrganizationId)
  const [entry] = await tx
    .select({
      id: liveEntries.id,
      scopes: liveEntries.scopes,
      endsAt: liveEntries.endsAt,
      version: liveEntries.version,
    })
    .from(liveEntries)
    .where(and(eq(liveEntries.rootOrganizationId, rootOrganizationId), eq(liveEntries.appId, app.id)))
  const grown = scopeSet(entry?.scopes ?? [], scopes)
  const added = scopesBeyond(grown, entry?.scopes ?? [])
  let version = entry?.version ?? 1
  if (entry && added.length > 0) {
    version += 1
    await tx
      .update(allowlistEntries)
      .set({ scopes: grown, version, updatedAt: sql`now()`, updatedBy: personOf(actor) })
      .where(eq(allowlistEntries.id, entry.id))
  } else if (!entry) {
    version = await findNextVersion(tx, rootOrganizationId, app.id)
    const by = personOf(actor)
    const origin = approving ? 'request' : 'administrator'
    const row = { id: newId('entry'), rootOrganizationId, appId: app.id, scopes: grown, origin } as const
    const { endsAt, group } = limits
    await tx.insert(allowlistEntries).values({
      ...row,
      groupId: group?.id ?? null,
      endsAt,
      endSetAt: endsAt && sql`clock_timestamp()`,
      version,
      createdBy: by,
      updatedBy: by,
    })
  }
  const endsAt = entry ? entry.endsAt : limits.endsAt
  const answered = await answerCovered(
    tx,
    actor,
    { rootOrganizationId, app, scopes: grown, endsAt },
    {
      because: !entry ? 'entry-added' : added.length > 0 ? 'entry-widened' : 'covered',
      except: approving,
    },
  )
  return { isNew: !entry, version, added, scopes: grown, endsAt, answered }
}

/** Whoever looks at the entry from before must not save over the new one: it goes on counting. */
async function findNextVersion(
  tx: Transaction,
  rootOrganizationId: Id<'organization'>,
  appId: Id<'app'>,
): Promise<number> {
  const [row] = await tx
    .select({ version: sql<number>`coalesce(max(${allowlistEntries.version}), 0) + 1` })
    .from(allowlistEntries)
    .where(
      and(eq(allowlistEntries.rootOrganizationId, rootOrganizationId), eq(allowlistEntries.appId, appId)),
    )
  return row?.version ?? 1
}
