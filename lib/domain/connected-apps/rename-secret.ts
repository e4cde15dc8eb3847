import { and, eq } from 'drizzle-orm'
import { transaction } from '#db/client'
import { appSecrets } from '#db/schema/connected-apps'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { type RenameSecretInput, renameSecretSchema } from './credentials-schema.ts'
import { openApp } from './open-app.ts'

/** Gives a secret another name, also one that has ended. The same name changes nothing. Refuses a secret of another app. */
export async function renameSecret(actor: Actor, input: RenameSecretInput): Promise<void> {
  const { appId, secretId, name } = parse(renameSecretSchema, input)
  await transaction(async (tx) => {
    const app = await openApp(tx, actor, appId, 'connected-apps.rotate-secret')
    const isThis = and(eq(appSecrets.id, secretId), eq(appSecrets.appId, appId))
    const [secret] = await tx.select().from(appSecrets).where(isThis)
    if (!secret) throw new Refusal('not-found', 'This app has no such secret.')
    if (secret.name === name) return
    await tx.update(appSecrets).set({ name }).where(isThis)
    await record(tx, actor, {
      name: 'connected-app.secret-renamed',
      rootOrganizationId: app.rootOrganizationId,
      organizationId: app.organizationId,
      appId,
      subject: { id: appId, name: app.name },
      details: { secretId, lastFour: secret.lastFour, before: secret.name, after: name },
    })
  })
}
