import { transaction } from '#db/client'
import { enqueueJob } from '#db/jobs'
import { bulkRotationApps, bulkRotations } from '#db/schema/connected-apps'
import { type Id, newId } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import { openOrganization } from '../organizations/open-organization.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { type BulkRotationInput, bulkRotationSchema } from './credentials-schema.ts'
import { findRotatable, refuseTooMany } from './find-rotatable.ts'

/**
 * Begins to rotate the secrets of many apps: those marked as due, all of a branch, chosen ones, or all that match a search. A job works them off,
 * each as a rotation of its own; whoever began it takes the new secrets along, once. Apps that cannot be rotated are left
 * out, as the preview said, and so is one that another bulk rotation has just taken. Refuses when none is left.
 */
export async function startBulkRotation(
  actor: Actor,
  input: BulkRotationInput,
): Promise<{ bulkRotationId: Id<'bulkRotation'>; apps: number }> {
  const wanted = parse(bulkRotationSchema, input)
  return transaction(async (tx) => {
    const { rootOrganizationId, ...organization } = await openOrganization(
      tx,
      actor,
      wanted.organizationId,
      'connected-apps.rotate-many',
    )
    const found = await findRotatable(tx, actor, wanted)
    refuseTooMany(found)
    const { apps } = found
    const ready = apps.filter(({ outcome }) => outcome === 'ready')
    const bulkRotationId = newId('bulkRotation')
    await tx.insert(bulkRotations).values({
      id: bulkRotationId,
      organizationId: organization.id,
      rootOrganizationId,
      overlapHours: wanted.overlapHours,
      ...whoBegins(actor),
    })
    const taken = ready.length
      ? await tx
          .insert(bulkRotationApps)
          .values(ready.map(({ id }) => ({ bulkRotationId, appId: id })))
          .onConflictDoNothing()
          .returning({ appId: bulkRotationApps.appId })
      : []
    if (taken.length === 0)
      throw new Refusal('conflict', 'None of these apps has a secret that can be rotated now. Look again.')
    await enqueueJob(tx, 'rotate-many', { bulkRotationId }, bulkRotationId)
    await record(tx, actor, {
      name: 'bulk-rotation.started',
      rootOrganizationId,
      organizationId: organization.id,
      subject: { id: organization.id, name: organization.name },
      details: {
        bulkRotationId,
        which: wanted.which,
        overlapHours: wanted.overlapHours,
        secrets: taken.length,
        leftOut: apps.length - taken.length,
      },
    })
    return { bulkRotationId, apps: taken.length }
  })
}

/** Each app is asked for again in this name, with no more than what the token held. */
function whoBegins(
  actor: Actor,
): Pick<typeof bulkRotations.$inferInsert, 'startedBy' | 'startedByAppId' | 'startedWithScopes'> {
  switch (actor.kind) {
    case 'user':
      return {
        startedBy: personOf(actor),
        startedByAppId: actor.through?.appId,
        startedWithScopes: [...(actor.through?.scopes ?? [])],
      }
    case 'app':
      return {
        startedByAppId: actor.appId,
        startedWithScopes: [...new Set(actor.contexts.map(({ scope }) => scope))],
      }
    case 'system':
      throw new Refusal('forbidden', 'A bulk rotation is begun by a person or an app: they take the secrets.')
  }
}
