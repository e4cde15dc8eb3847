import { transaction } from '#db/client'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import { findJwtsUntil } from '../connected-apps/find-jwts-until.ts'
import type { Actor } from '../permissions/actor.ts'
import { markFrozen } from './mark-frozen.ts'
import { openInstallation } from './open-installation.ts'
import { type InstallationOf, installationOfSchema } from './schema.ts'

/** Until when JWTs that are out may be accepted all the same by an API that does not ask; null where there are none. */
type Frozen = { jwtsUntil: Date | null }

/**
 * Freezes an app for the people of one root organization: no new tokens, and those that are out are inactive until
 * somebody unfreezes it, also if it is removed meanwhile. Nothing ends. An app that is frozen already stays as it is; one
 * that is blocked is refused, since it is stopped for good and nothing would be left of the freeze.
 */
export async function freezeApp(actor: Actor, input: InstallationOf): Promise<Frozen> {
  const named = parse(installationOfSchema, input)
  const installationId = await transaction(async (tx) => {
    const installation = await openInstallation(tx, actor, named, 'installations.freeze')
    if (installation.blockedAt)
      throw new Refusal('conflict', `${installation.app.name} is blocked, and so stopped already.`)
    if (installation.frozenAt) return installation.id
    await markFrozen(tx, actor, [installation.id])
    await record(tx, actor, {
      name: 'installation.frozen',
      rootOrganizationId: installation.rootOrganizationId,
      appId: installation.appId,
      subject: installation.app,
    })
    return installation.id
  })
  return { jwtsUntil: await findJwtsUntil({ installationId }) }
}
