import { eq, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { allowlistEntries } from '#db/schema/allowlist'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { scopeSet, scopesBeyond } from '../../base/scope-set.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { openAllowlist } from './open-allowlist.ts'
import { openEntry } from './open-entry.ts'
import { type TrimEntryInput, trimEntrySchema } from './schema.ts'

/**
 * Leaves an entry with these scopes and takes the others off it. Only new yeses are asked for approval of those: what
 * people authorized before runs on. Refuses an app that is not listed, and scopes its entry does not hold.
 */
export async function trimEntry(actor: Actor, input: TrimEntryInput): Promise<{ scopes: string[] }> {
  const { rootOrganizationId, appId, ...given } = parse(trimEntrySchema, input)
  const scopes = scopeSet(given.scopes)
  return transaction(async (tx) => {
    const allowlist = await openAllowlist(tx, actor, rootOrganizationId, 'allowlist.change-entries')
    const entry = await openEntry(tx, allowlist, appId)
    const [beyond] = scopesBeyond(scopes, entry.scopes)
    if (beyond !== undefined) {
      const sentence = `The entry does not hold ${beyond}. Somebody may have changed it just now.`
      throw new Refusal('conflict', sentence, { scopes: sentence })
    }
    const removed = scopesBeyond(entry.scopes, scopes)
    if (removed.length === 0) return { scopes }
    await tx
      .update(allowlistEntries)
      .set({ scopes, updatedAt: sql`now()`, updatedBy: personOf(actor) })
      .where(eq(allowlistEntries.id, entry.id))
    await record(tx, actor, {
      name: 'allowlist.entry-trimmed',
      rootOrganizationId,
      appId,
      subject: entry.app,
      details: { removed, scopes },
    })
    return { scopes }
  })
}
