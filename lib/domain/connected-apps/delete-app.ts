import { and, eq, isNull, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { enqueueJob } from '#db/jobs'
import { appSecrets, connectedApps } from '#db/schema/connected-apps'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { findJwtsUntil } from './find-jwts-until.ts'
import { openApp } from './open-app.ts'
import { type DeleteAppInput, deleteAppSchema } from './schema.ts'

/**
 * Deletes an app after its name was typed: its authorizations, tokens, secrets, allowlist entries and open requests end
 * with it everywhere, and its name is free again. It cannot be undone. Refuses a name that does not match. Returns until
 * when a JWT that is out may be accepted all the same.
 */
export async function deleteApp(actor: Actor, input: DeleteAppInput): Promise<{ jwtsUntil: Date | null }> {
  const { appId, name } = parse(deleteAppSchema, input)
  await transaction(async (tx) => {
    const app = await openApp(tx, actor, appId, 'connected-apps.delete')
    if (name.trim() !== app.name) {
      const sentence = `Type ${app.name} to delete it.`
      throw new Refusal('invalid', sentence, { name: sentence })
    }
    const ended = { endedAt: sql`now()`, endedBy: personOf(actor) }
    // All that hangs on the app counts only while it is there: this one row ends authorizations, tokens and entries.
    await tx.update(connectedApps).set(ended).where(eq(connectedApps.id, appId))
    await tx
      .update(appSecrets)
      .set(ended)
      .where(and(eq(appSecrets.appId, appId), isNull(appSecrets.endedAt)))
    await enqueueJob(tx, 'end-requests-of-app', { appId })
    await record(tx, actor, {
      name: 'connected-app.deleted',
      rootOrganizationId: app.rootOrganizationId,
      organizationId: app.organizationId,
      appId,
      subject: { id: appId, name: app.name },
      details: { clientId: app.clientId },
    })
  })
  return { jwtsUntil: await findJwtsUntil({ appId }) }
}
