import { eq } from 'drizzle-orm'
import { transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { NO_SECRET_SENTENCE, type SetJwksUriInput, setJwksUriSchema } from './credentials-schema.ts'
import { openApp } from './open-app.ts'
import { judgeJwksUri } from './read-keys.ts'
import { refuseToReachFurther } from './refuse-to-reach-further.ts'

/**
 * Says where an app publishes the keys it signs with, beside those registered here; null: nowhere. Keys are fetched when
 * something is signed with one that is not known yet. Refuses anything but https, public clients, and whoever holds
 * fewer rights than the app does.
 */
export async function setJwksUri(actor: Actor, input: SetJwksUriInput): Promise<void> {
  const { appId, jwksUri } = parse(setJwksUriSchema, input)
  await transaction(async (tx) => {
    const app = await openApp(tx, actor, appId, 'connected-apps.change-keys')
    if (app.clientType !== 'server') throw new Refusal('invalid', NO_SECRET_SENTENCE)
    const problem = jwksUri && judgeJwksUri(jwksUri)
    if (problem) throw new Refusal('invalid', problem, { jwksUri: problem })
    if (jwksUri === app.jwksUri) return
    await refuseToReachFurther(tx, actor, app)
    await tx.update(connectedApps).set({ jwksUri }).where(eq(connectedApps.id, appId))
    await record(tx, actor, {
      name: 'connected-app.jwks-uri-changed',
      rootOrganizationId: app.rootOrganizationId,
      organizationId: app.organizationId,
      appId,
      subject: { id: appId, name: app.name },
      details: { before: app.jwksUri, after: jwksUri },
    })
  })
}
