import { and, asc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { bulkRotationApps, bulkRotations, connectedApps } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import { open } from '../../base/encryption.ts'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { branchStandings } from '../permissions/branch-standings.ts'
import { type BulkRotationOnlyInput, bulkRotationOnlySchema } from './credentials-schema.ts'
import { findRightsOfApps } from './find-rights-of-apps.ts'
import { forgetSealed } from './forget-sealed.ts'
import { mayRotate } from './may-rotate.ts'
import type { RefusedApp } from './open-apps.ts'
import { type BulkRotation, openBulkRotation } from './open-bulk-rotation.ts'
import { aboutSecret } from './rotate-many.ts'
import type { HandedOver } from './secrets-file.ts'

/**
 * Hands over all new secrets of a bulk rotation, this once, to whoever began it; from then on they are nowhere here. Each app
 * is asked for again: one whose secret the actor may no longer rotate is left out, its new secret forgotten and the app
 * marked. Refuses whoever may no longer begin a rotation there, while it is not finished, the second time, and when nobody
 * came for them in time.
 */
export async function handOverSecrets(
  actor: Actor,
  input: BulkRotationOnlyInput,
): Promise<{ secrets: HandedOver[]; leftOut: RefusedApp[] }> {
  const { bulkRotationId } = parse(bulkRotationOnlySchema, input)
  return transaction(async (tx) => {
    const rotation = await openBulkRotation(tx, actor, bulkRotationId)
    refuseNotNow(rotation)
    const { held, lost } = await sortOut(tx, actor, rotation)
    const secrets = await takeOut(tx, bulkRotationId, held)
    const leftOut = await leaveOut(tx, bulkRotationId, lost)
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
      details: {
        bulkRotationId,
        secrets: secrets.length,
        leftOut: leftOut.length,
      },
    })
    return { secrets, leftOut }
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

type Sealed = { appId: Id<'app'>; app: string; clientId: string; sealedSecret: Buffer | null }

/** Which secrets the actor may have at this moment, by name, wherever in the root organization their apps reside by now. */
async function sortOut(
  tx: Transaction,
  actor: Actor,
  { id, rootOrganizationId }: BulkRotation,
): Promise<{ held: Sealed[]; lost: Sealed[] }> {
  const sealed = await tx
    .select({
      appId: bulkRotationApps.appId,
      app: connectedApps.name,
      clientId: connectedApps.clientId,
      sealedSecret: bulkRotationApps.sealedSecret,
      organizationId: connectedApps.organizationId,
      rootOrganizationId: connectedApps.rootOrganizationId,
      ownerId: connectedApps.ownerId,
      introspectsOrganization: connectedApps.introspectsOrganization,
      endedAt: connectedApps.endedAt,
    })
    .from(bulkRotationApps)
    .innerJoin(connectedApps, eq(connectedApps.id, bulkRotationApps.appId))
    .where(and(eq(bulkRotationApps.bulkRotationId, id), isNotNull(bulkRotationApps.sealedSecret)))
    .orderBy(asc(sql`lower(${connectedApps.name})`), asc(bulkRotationApps.appId))
  const standings = await branchStandings(tx, actor, rootOrganizationId)
  const rights = await findRightsOfApps(
    tx,
    sealed.map(({ appId }) => appId),
  )
  const isHeld = (one: (typeof sealed)[number]) =>
    one.endedAt === null && mayRotate(actor, one, rights.get(one.appId) ?? [], standings)
  return { held: sealed.filter(isHeld), lost: sealed.filter((one) => !isHeld(one)) }
}

async function takeOut(
  tx: Transaction,
  bulkRotationId: Id<'bulkRotation'>,
  held: readonly Sealed[],
): Promise<HandedOver[]> {
  await tx.update(bulkRotationApps).set({ sealedSecret: null }).where(areOf(bulkRotationId, held))
  return held.map(({ appId, app, clientId, sealedSecret }) => ({
    app,
    clientId,
    secret: open(sealedSecret ?? Buffer.alloc(0), aboutSecret(bulkRotationId, appId)).toString(),
  }))
}

const LOST =
  'It was deleted meanwhile, or its secret may no longer be rotated by whoever began this. Its new secret was forgotten, and the app is marked again.'

/** What is still sealed is nobody's: forgotten, and said of each app. */
async function leaveOut(
  tx: Transaction,
  bulkRotationId: Id<'bulkRotation'>,
  lost: readonly Sealed[],
): Promise<RefusedApp[]> {
  if (lost.length === 0) return []
  await forgetSealed(tx, bulkRotationId)
  await tx.update(bulkRotationApps).set({ refusal: LOST }).where(areOf(bulkRotationId, lost))
  return lost.map(({ appId, app }) => ({ appId, name: app, sentence: LOST }))
}

function areOf(bulkRotationId: Id<'bulkRotation'>, apps: readonly Sealed[]) {
  return and(
    eq(bulkRotationApps.bulkRotationId, bulkRotationId),
    inArray(
      bulkRotationApps.appId,
      apps.map(({ appId }) => appId),
    ),
  )
}
