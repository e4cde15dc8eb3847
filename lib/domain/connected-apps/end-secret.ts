import { and, eq, isNull, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { appSecrets } from '#db/schema/connected-apps'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { type EndSecretInput, endSecretSchema } from './credentials-schema.ts'
import { openApp } from './open-app.ts'

/** Ends one secret at once. Ending one that has ended already changes nothing. Refuses a secret of another app. */
export async function endSecret(actor: Actor, input: EndSecretInput): Promise<void> {
  const { appId, secretId } = parse(endSecretSchema, input)
  await transaction(async (tx) => {
    const app = await openApp(tx, actor, appId, 'connected-apps.rotate-secret')
    const [secret] = await tx
      .select()
      .from(appSecrets)
      .where(and(eq(appSecrets.id, secretId), eq(appSecrets.appId, appId)))
    if (!secret) throw new Refusal('not-found', 'This app has no such secret.')
    const ended = await tx
      .update(appSecrets)
      .set({ endedAt: sql`now()`, endedBy: personOf(actor) })
      .where(and(eq(appSecrets.id, secretId), isNull(appSecrets.endedAt)))
      .returning({ id: appSecrets.id })
    if (ended.length === 0) return
    await record(tx, actor, {
      name: 'connected-app.secret-ended',
      rootOrganizationId: app.rootOrganizationId,
      organizationId: app.organizationId,
      appId,
      subject: { id: appId, name: app.name },
      details: { secretId, secretName: secret.name, lastFour: secret.lastFour },
    })
  })
}
