import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { branchStandings } from '../permissions/branch-standings.ts'
import { absentOrganization, checkOrganization } from '../permissions/check-organization.ts'
import { may } from '../permissions/may.ts'
import { NO_STANDING } from '../permissions/standing.ts'
import { BULK_APPS_MAX, type bulkRotationSchema } from './credentials-schema.ts'
import { findRightsOfApps } from './find-rights-of-apps.ts'
import { mayRotate } from './may-rotate.ts'
import { judgeRotation, type RotationOutcome } from './rules.ts'
import { matching } from './wanted-apps.ts'

type Wanted = ReturnType<typeof bulkRotationSchema.parse>
export type RotatableApp = {
  id: Id<'app'>
  name: string
  /** Live secrets, and how many of them anything used within the last three days. */
  live: number
  inUse: number
  outcome: RotationOutcome
}
export type Rotatable = {
  organization: { id: Id<'organization'>; name: string; rootOrganizationId: Id<'organization'> }
  /** By name. */
  apps: RotatableApp[]
}

/**
 * What a bulk rotation would do to each app it names: those marked as due, all, chosen ones, or all that match a search, as
 * far as the actor may know of them. Refuses whoever may begin none here, and chosen apps that are not there.
 */
export async function findRotatable(
  tx: Database | Transaction,
  actor: Actor,
  wanted: Wanted,
): Promise<Rotatable> {
  const [organization] = await tx
    .select({
      id: organizations.id,
      name: organizations.name,
      rootOrganizationId: organizations.rootOrganizationId,
    })
    .from(organizations)
    .where(and(eq(organizations.id, wanted.organizationId), isNull(organizations.endedAt)))
  if (!organization) throw await absentOrganization(tx, actor)
  const { rootOrganizationId } = organization
  await checkOrganization(tx, actor, 'connected-apps.rotate-many', {
    organizationId: organization.id,
    rootOrganizationId,
  })
  const standings = await branchStandings(tx, actor, organization.id)
  const rows = await select(tx, rootOrganizationId, wanted, [...standings.keys()])
  const rights = await findRightsOfApps(
    tx,
    rows.map(({ id }) => id),
  )
  const apps = rows.flatMap((row) => {
    const { id, name, live, inUse, introspectsOrganization } = row
    const place = { organizationId: row.organizationId, rootOrganizationId, ownerId: row.ownerId }
    const standing = standings.get(row.organizationId) ?? NO_STANDING
    if (!may(actor, 'connected-apps.view', place, standing)) return []
    const isHeld = mayRotate(
      actor,
      { ...place, introspectsOrganization },
      rights.get(row.id) ?? [],
      standings,
    )
    return [{ id, name, live, inUse, outcome: judgeRotation({ ...row, isHeld }, wanted.overlapHours) }]
  })
  if (wanted.which === 'chosen' && apps.length < new Set(wanted.appIds).size)
    throw new Refusal('not-found', 'One of these apps is not there any more. Choose again.')
  return { organization, apps }
}

/** More secrets than anyone works off are not rotated at once. */
export function refuseTooMany({ apps }: Rotatable): void {
  if (apps.filter(({ outcome }) => outcome === 'ready').length <= BULK_APPS_MAX) return
  const most = BULK_APPS_MAX.toLocaleString('en')
  throw new Refusal('limit-reached', `At most ${most} secrets are rotated at once. Choose fewer apps.`)
}

const LIVE = sql`s.app_id = ${connectedApps.id} and s.ended_at is null and (s.expires_at is null or s.expires_at > now())`

function select(
  tx: Database | Transaction,
  rootOrganizationId: Id<'organization'>,
  wanted: Wanted,
  branch: Id<'organization'>[],
) {
  if (wanted.which === 'matching' && !wanted.matching)
    throw new Refusal('invalid', 'Say what the apps match: a search or filters.')
  return (
    tx
      .select({
        id: connectedApps.id,
        name: connectedApps.name,
        organizationId: connectedApps.organizationId,
        ownerId: connectedApps.ownerId,
        introspectsOrganization: connectedApps.introspectsOrganization,
        clientType: connectedApps.clientType,
        live: sql<number>`(select count(*)::int from app_secrets s where ${LIVE})`,
        inUse: sql<number>`(select count(*)::int from app_secrets s where ${LIVE} and s.last_used_at > now() - interval '3 days')`,
        isUnderway: sql<boolean>`exists (select from bulk_rotation_apps b where b.app_id = ${connectedApps.id} and b.done_at is null)`,
      })
      .from(connectedApps)
      .where(
        and(
          isNull(connectedApps.endedAt),
          inArray(connectedApps.organizationId, branch),
          wanted.which === 'due' ? isNotNull(connectedApps.rotationDueSince) : undefined,
          wanted.which === 'chosen' ? inArray(connectedApps.id, wanted.appIds) : undefined,
          wanted.which === 'matching' && wanted.matching
            ? matching(rootOrganizationId, wanted.matching)
            : undefined,
        ),
      )
      .orderBy(asc(sql`lower(${connectedApps.name})`), asc(connectedApps.id))
      // One more than goes into one rotation, and what a developer may not see.
      .limit(wanted.which === 'chosen' ? BULK_APPS_MAX : 10 * BULK_APPS_MAX)
  )
}
