import { and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { bulkRotationApps, bulkRotations, connectedApps } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import { open } from '../../base/encryption.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { type BulkRotation, openBulkRotation } from './open-bulk-rotation.ts'
import { aboutSecret } from './rotate-many.ts'
import { type BulkRotationOnlyInput, bulkRotationOnlySchema } from './schema.ts'
import type { HandedOver } from './secrets-file.ts'

/**
 * Hands over all new secrets of a bulk rotation, this once, to whoever began it; from then on they are nowhere here.
 * Refuses while it is not finished, the second time, and when nobody came for them in time.
 */
export async function handOverSecrets(
  actor: Actor,
  input: BulkRotationOnlyInput,
): Promise<{ secrets: HandedOver[] }> {
  const { bulkRotationId } = parse(bulkRotationOnlySchema, input)
  return transaction(async (tx) => {
    const rotation = await openBulkRotation(tx, actor, bulkRotationId)
    refuseNotNow(rotation)
    const secrets = await takeOut(tx, rotation)
    await tx
      .update(bulkRotations)
      .set({ handedOverAt: sql`now()` })
      .where(eq(bulkRotations.id, bulkRotationId))
    const [organization] = await tx
      .select({ name: organizations.name })
      .from(organizations)
      .where(eq(organizations.id, rotation.organizationId))
    await record(tx, actor, {
      name: 'bulk-rotation.handed-over',
      rootOrganizationId: rotation.rootOrganizationId,
      organizationId: rotation.organizationId,
      subject: { id: rotation.organizationId, name: organization?.name ?? '' },
      details: { bulkRotationId, secrets: secrets.length },
    })
    return { secrets }
  })
}

function refuseNotNow({ finishedAt, handedOverAt, forgottenAt }: BulkRotation): void {
  if (!finishedAt)
    throw new Refusal('conflict', 'It is not finished yet: the secrets are handed over together, once.')
  if (handedOverAt)
    throw new Refusal('expired', 'These secrets were handed over already: they are nowhere here any more.')
  if (forgottenAt)
    throw new Refusal(
      'expired',
      'Nobody took these secrets along in time: they were forgotten. Rotate again.',
    )
}

async function takeOut(tx: Transaction, { id }: BulkRotation): Promise<HandedOver[]> {
  const isOfThis = and(eq(bulkRotationApps.bulkRotationId, id), isNotNull(bulkRotationApps.sealedSecret))
  const sealed = await tx
    .select({
      appId: bulkRotationApps.appId,
      app: connectedApps.name,
      clientId: connectedApps.clientId,
      sealedSecret: bulkRotationApps.sealedSecret,
    })
    .from(bulkRotationApps)
    .innerJoin(connectedApps, eq(connectedApps.id, bulkRotationApps.appId))
    .where(isOfThis)
    .orderBy(asc(sql`lower(${connectedApps.name})`), asc(bulkRotationApps.appId))
  await tx.update(bulkRotationApps).set({ sealedSecret: null }).where(isOfThis)
  return sealed.map(({ appId, app, clientId, sealedSecret }) => ({
    app,
    clientId,
    secret: open(sealedSecret ?? Buffer.alloc(0), aboutSecret(id, appId)).toString(),
  }))
}
