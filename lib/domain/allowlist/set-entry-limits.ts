import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { allowlistEntries } from '#db/schema/allowlist'
import { type Actor, personOf } from '../permissions/actor.ts'
import type { Entry } from './open-entry.ts'

type Change = { before: string | null; after: string | null }
type Changed = { endsAt?: Change; group?: Change }

/** Writes until when an opened entry is good and for whom. Returns what was changed, to be recorded; null where nothing is. */
export async function setEntryLimits(
  tx: Transaction,
  actor: Actor,
  entry: Entry,
  { endsAt, group }: Pick<Entry, 'endsAt' | 'group'>,
): Promise<Changed | null> {
  const isSameEnd = entry.endsAt?.getTime() === endsAt?.getTime()
  const isSameGroup = entry.group?.id === group?.id
  if (isSameEnd && isSameGroup) return null
  await tx
    .update(allowlistEntries)
    .set({
      // What the statement's own clock says: a yes that was waited for is from before.
      ...(isSameEnd ? {} : { endsAt, endSetAt: endsAt && sql`clock_timestamp()` }),
      groupId: group?.id ?? null,
      version: entry.version + 1,
      updatedAt: sql`now()`,
      updatedBy: personOf(actor),
    })
    .where(eq(allowlistEntries.id, entry.id))
  return {
    ...(isSameEnd ? {} : { endsAt: { before: said(entry.endsAt), after: said(endsAt) } }),
    ...(isSameGroup ? {} : { group: { before: entry.group?.name ?? null, after: group?.name ?? null } }),
  }
}

const said = (moment: Date | null) => moment?.toISOString() ?? null
