import { eq } from 'drizzle-orm'
import { transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { endEntry } from './end-entry.ts'
import { openAllowlist } from './open-allowlist.ts'
import { type RemoveEntryInput, removeEntrySchema } from './schema.ts'

/**
 * Takes an app off the allowlist. Only new yeses are refused from now on: what people authorized before runs on,
 * also if the entry had an end. Refuses an app that is not listed.
 */
export async function removeEntry(actor: Actor, input: RemoveEntryInput): Promise<void> {
  const { rootOrganizationId, appId } = parse(removeEntrySchema, input)
  await transaction(async (tx) => {
    const allowlist = await openAllowlist(tx, actor, rootOrganizationId, 'allowlist.change-entries')
    const scopes = await endEntry(tx, actor, allowlist, appId)
    if (!scopes) throw new Refusal('not-found', 'This app is not on the allowlist.')
    const [app] = await tx
      .select({ name: connectedApps.name })
      .from(connectedApps)
      .where(eq(connectedApps.id, appId))
    await record(tx, actor, {
      name: 'allowlist.entry-removed',
      rootOrganizationId,
      appId,
      subject: { id: appId, name: app?.name ?? '' },
      details: { scopes },
    })
  })
}
