import type { Transaction } from '#db/client'
import type { Actor } from '../permissions/actor.ts'
import { checkRightsToGive } from './check-rights-to-give.ts'
import { findRightsOfApps } from './find-rights-of-apps.ts'
import type { App } from './open-app.ts'

/** Whoever has a secret or a private key of an app acting for itself can do what the app can: refuses who may do less. */
export async function refuseToReachFurther(tx: Transaction, actor: Actor, app: App): Promise<void> {
  if (app.actsAs === 'user') return
  const rights = (await findRightsOfApps(tx, [app.id])).get(app.id) ?? []
  const sentence = (scope: string) =>
    `This app holds ${scope}, which you do not. An administrator can change its credentials.`
  await checkRightsToGive(tx, actor, app.rootOrganizationId, rights, sentence)
}
