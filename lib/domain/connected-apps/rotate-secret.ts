import { transaction } from '#db/client'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../permissions/actor.ts'
import { type RotateSecretInput, rotateSecretSchema } from './credentials-schema.ts'
import { findJwtsUntil } from './find-jwts-until.ts'
import type { NewSecret } from './insert-secret.ts'
import { openApp } from './open-app.ts'
import { recordRotation, replaceSecret } from './replace-secret.ts'

/** `jwtsUntil`: where its tokens were ended, until when a JWT that is out may be accepted all the same. */
type RotatedSecret = NewSecret & { jwtsUntil: Date | null }

/**
 * Makes a new client secret, or takes the actor's own value, and returns it this once. Older secrets end after the
 * overlap (hours), unless kept; a rotation never lengthens a life. The new one may be given an end, and never lives
 * longer than the organization's rule. With an overlap of 0, an app acting for itself can also lose every token it
 * holds. Refuses weak or former values, a sixth live secret, a life too long, public clients, and whoever holds fewer
 * rights than the app does.
 */
export async function rotateSecret(actor: Actor, input: RotateSecretInput): Promise<RotatedSecret> {
  const { appId, ...wanted } = parse(rotateSecretSchema, input)
  const rotated = await transaction(async (tx) => {
    const app = await openApp(tx, actor, appId, 'connected-apps.rotate-secret')
    const { name, ...made } = await replaceSecret(tx, actor, app, wanted)
    await recordRotation(tx, actor, app, wanted, { ...made, name })
    return made
  })
  return { ...rotated, jwtsUntil: wanted.endTokens ? await findJwtsUntil({ appId }) : null }
}
