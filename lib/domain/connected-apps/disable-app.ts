import { transaction } from '#db/client'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { markDisabled } from './app-state.ts'
import { findJwtsUntil } from './find-jwts-until.ts'
import { openApp } from './open-app.ts'
import { type AppOnlyInput, appOnlySchema } from './schema.ts'

/**
 * Disables an app everywhere: it gets no new tokens and the live ones are inactive, until it is enabled again. Nothing
 * is lost. Disabling a disabled app changes nothing. Returns until when a JWT that is out may be accepted all the same.
 */
export async function disableApp(actor: Actor, input: AppOnlyInput): Promise<{ jwtsUntil: Date | null }> {
  const { appId } = parse(appOnlySchema, input)
  await transaction(async (tx) => {
    const app = await openApp(tx, actor, appId, 'connected-apps.disable')
    if (!(await markDisabled(tx, actor, app))) return
    await record(tx, actor, {
      name: 'connected-app.disabled',
      rootOrganizationId: app.rootOrganizationId,
      organizationId: app.organizationId,
      appId,
      subject: { id: appId, name: app.name },
    })
  })
  return { jwtsUntil: await findJwtsUntil({ appId }) }
}
