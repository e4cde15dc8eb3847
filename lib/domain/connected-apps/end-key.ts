import { and, eq, isNull, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { appKeys } from '#db/schema/connected-apps'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { type EndKeyInput, endKeySchema } from './credentials-schema.ts'
import { openApp } from './open-app.ts'

/** Ends one key: what it signs is refused at the next request. Ending one that has ended already changes nothing. */
export async function endKey(actor: Actor, input: EndKeyInput): Promise<void> {
  const { appId, keyId } = parse(endKeySchema, input)
  await transaction(async (tx) => {
    const app = await openApp(tx, actor, appId, 'connected-apps.change-keys')
    const isThis = and(eq(appKeys.id, keyId), eq(appKeys.appId, appId))
    const [key] = await tx.select().from(appKeys).where(isThis)
    if (!key) throw new Refusal('not-found', 'This app has no such key.')
    const ended = await tx
      .update(appKeys)
      .set({ endedAt: sql`now()`, endedBy: personOf(actor) })
      .where(and(isThis, isNull(appKeys.endedAt)))
      .returning({ id: appKeys.id })
    if (ended.length === 0) return
    await record(tx, actor, {
      name: 'connected-app.key-ended',
      rootOrganizationId: app.rootOrganizationId,
      organizationId: app.organizationId,
      appId,
      subject: { id: appId, name: app.name },
      details: { keyId, keyName: key.name, kid: key.kid },
    })
  })
}
