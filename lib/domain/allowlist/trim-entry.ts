import { eq, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { allowlistEntries } from '#db/schema/allowlist'
import { parse } from '../../base/parse.ts'
import { scopesBeyond } from '../../base/scope-set.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { openAllowlist } from './open-allowlist.ts'
import { openEntry } from './open-entry.ts'
import { type TrimEntryInput, trimEntrySchema } from './schema.ts'

/**
 * Takes scopes off an entry, and leaves what somebody else adds to it at the same time. Only new yeses are asked for approval
 * of those: what people authorized before runs on. What the entry does not hold is off it already. Refuses an app that is not
 * listed.
 */
export async function trimEntry(actor: Actor, input: TrimEntryInput): Promise<{ scopes: string[] }> {
  const { rootOrganizationId, appId, remove } = parse(trimEntrySchema, input)
  return transaction(async (tx) => {
    const allowlist = await openAllowlist(tx, actor, rootOrganizationId, 'allowlist.change-entries')
    const entry = await openEntry(tx, allowlist, appId)
    const scopes = scopesBeyond(entry.scopes, remove)
    const removed = scopesBeyond(entry.scopes, scopes)
    if (removed.length === 0) return { scopes }
    const version = entry.version + 1
    await tx
      .update(allowlistEntries)
      .set({ scopes, version, updatedAt: sql`now()`, updatedBy: personOf(actor) })
      .where(eq(allowlistEntries.id, entry.id))
    await record(tx, actor, {
      name: 'allowlist.entry-trimmed',
      rootOrganizationId,
      appId,
      subject: entry.app,
      details: { version, removed, scopes },
    })
    return { scopes }
  })
}
