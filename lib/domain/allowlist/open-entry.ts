import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { liveEntries } from '#db/schema/allowlist'
import { connectedApps } from '#db/schema/connected-apps'
import { groups } from '#db/schema/people'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Allowlist } from './open-allowlist.ts'

export type Entry = {
  id: Id<'entry'>
  scopes: string[]
  group: { id: Id<'group'>; name: string } | null
  endsAt: Date | null
  version: number
  app: { id: Id<'app'>; name: string }
}

/** The app's entry on an opened allowlist, which holds all its entries still. Refuses an app that is not listed, or whose entry is over. */
export async function openEntry(tx: Transaction, allowlist: Allowlist, appId: Id<'app'>): Promise<Entry> {
  const entry = await findEntry(tx, allowlist, appId)
  if (!entry) throw new Refusal('not-found', 'This app is not on the allowlist.')
  return entry
}

/** The same, where having none is fine. */
export async function findEntry(
  tx: Transaction,
  allowlist: Allowlist,
  appId: Id<'app'>,
): Promise<Entry | null> {
  const [entry] = await tx
    .select({
      id: liveEntries.id,
      scopes: liveEntries.scopes,
      groupId: liveEntries.groupId,
      groupName: groups.name,
      endsAt: liveEntries.endsAt,
      version: liveEntries.version,
      app: { id: connectedApps.id, name: connectedApps.name },
    })
    .from(liveEntries)
    .innerJoin(
      connectedApps,
      and(eq(connectedApps.id, liveEntries.appId), sql`${connectedApps.endedAt} is null`),
    )
    .leftJoin(groups, eq(groups.id, liveEntries.groupId))
    .where(
      and(eq(liveEntries.rootOrganizationId, allowlist.rootOrganizationId), eq(liveEntries.appId, appId)),
    )
  if (!entry) return null
  const { groupId, groupName, ...row } = entry
  return { ...row, group: groupId ? { id: groupId, name: groupName ?? '' } : null }
}
