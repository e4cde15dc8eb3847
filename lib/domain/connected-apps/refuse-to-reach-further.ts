import type { Transaction } from '#db/client'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { standingOf } from '../permissions/standing.ts'
import { checkRightsToGive } from './check-rights-to-give.ts'
import { findRightsOfApps } from './find-rights-of-apps.ts'
import { mayRotateForRoot } from './may-rotate-for-root.ts'
import type { App } from './open-app.ts'
import { keepsCredentialsForRoot } from './rules.ts'

/**
 * Whoever has a secret or a private key of an app can do what the app can: refuses who may do less. An app acting for itself
 * holds its rights; one named for it, whatever it acts as, introspects every token of the root organization.
 */
export async function refuseToReachFurther(tx: Transaction, actor: Actor, app: App): Promise<void> {
  const isForRoot = async () =>
    mayRotateForRoot(actor, app.rootOrganizationId, await standingOf(tx, actor, app.organizationId))
  if (keepsCredentialsForRoot(app) && !(await isForRoot())) {
    throw new Refusal(
      'forbidden',
      'This app introspects for the whole organization. An administrator of the root organization can change its credentials.',
    )
  }
  if (app.actsAs === 'user') return
  const rights = (await findRightsOfApps(tx, [app.id])).get(app.id) ?? []
  const sentence = (scope: string) =>
    `This app holds ${scope}, which you do not. An administrator can change its credentials.`
  await checkRightsToGive(tx, actor, app.rootOrganizationId, rights, sentence)
}
