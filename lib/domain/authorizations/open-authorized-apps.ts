import { createHash } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import { checkInRoot, type RootOrganization } from '../permissions/check-root.ts'
import { type authorizedAppsSelectionSchema, STOPPED_APPS_MAX, type StopAct } from './schema.ts'
import { isLive, isShown, wantedApps } from './wanted-authorized-apps.ts'

type Selection = ReturnType<typeof authorizedAppsSelectionSchema.parse>
type Wish = {
  rootOrganizationId: Id<'organization'>
  selection: Selection
  /** Of these, only what one act froze. */
  frozen?: { at: Date; by: Id<'user'> | null }
}

export type ChosenApp = {
  installationId: Id<'installation'>
  app: { id: Id<'app'>; name: string }
  epoch: number
  isFrozen: boolean
  /** Whether anybody's authorization lives: there is something to remove. */
  isInUse: boolean
}
export type ChosenApps = {
  organization: RootOrganization
  apps: ChosenApp[]
  /** The same apps, as they stand, the same fingerprint. People come and go all day, and change nothing about it. */
  fingerprint: string
}

/**
 * The only way to hold many installations in order to change them: those of a selection that stand in the list (in use, frozen, or held to networks),
 * locked in the order of their ids, so that two acts that meet never wait for each other in a circle. What does not is left out unsaid.
 */
export async function openAuthorizedApps(
  tx: Transaction,
  actor: Actor,
  wish: Wish,
  permission: Permission,
): Promise<ChosenApps> {
  const organization = await checkInRoot(tx, actor, wish.rootOrganizationId, permission)
  // Held first, and looked at only then: whoever waited may find them removed. What came to match meanwhile is not held, and left out.
  const held = await tx.execute<{ id: string }>(sql`
    select i.id from installations i
    where i.id in (select i.id ${chosen(wish)} order by i.id limit ${STOPPED_APPS_MAX + 1}) order by i.id for update`)
  const ids = `{${held.map(({ id }) => id).join(',')}}`
  return { organization, ...(await findChosen(tx, wish, sql`and i.id = any(${ids}::uuid[])`)) }
}

/** The same, only to be looked at. */
export async function findAuthorizedApps(
  db: Database,
  actor: Actor,
  wish: Wish,
  permission: Permission,
): Promise<ChosenApps> {
  const organization = await checkInRoot(db, actor, wish.rootOrganizationId, permission)
  return { organization, ...(await findChosen(db, wish)) }
}

async function findChosen(tx: Database | Transaction, wish: Wish, among = sql``) {
  const rows = await tx.execute<{
    id: string
    app: string
    name: string
    epoch: number
    isFrozen: boolean
    isInUse: boolean
  }>(sql`
    select i.id, c.id as app, c.name, i.epoch, i.frozen_at is not null as "isFrozen", coalesce(${isLive}, false) as "isInUse"
    ${chosen(wish)} ${among} order by i.id limit ${STOPPED_APPS_MAX + 1}`)
  if (rows.length > STOPPED_APPS_MAX) {
    const most = STOPPED_APPS_MAX.toLocaleString('en')
    throw new Refusal('limit-reached', `At most ${most} apps can be stopped at once. Narrow the list down.`)
  }
  const standing = rows.map(({ id, epoch, isFrozen, isInUse }) => [id, epoch, isFrozen, isInUse])
  return {
    apps: rows.map(({ id, app, name, ...standing }) => ({
      installationId: idOf('installation', id),
      app: { id: idOf('app', app), name },
      ...standing,
    })),
    fingerprint: createHash('sha256').update(JSON.stringify(standing)).digest('base64url'),
  }
}

/** Which of the chosen apps an act is about; the others stay as they are. */
export function meantBy(act: StopAct, apps: readonly ChosenApp[]): ChosenApp[] {
  return apps.filter(MEANT[act])
}

const MEANT: Readonly<Record<StopAct, (app: ChosenApp) => boolean>> = {
  freeze: ({ isFrozen }) => !isFrozen,
  unfreeze: ({ isFrozen }) => isFrozen,
  remove: ({ isInUse }) => isInUse,
  block: () => true,
}

function chosen({ rootOrganizationId, selection: { appIds, matching }, frozen }: Wish): SQL {
  const root = sql`${uuidOf(rootOrganizationId)}::uuid`
  const ids = `{${(appIds ?? []).map(uuidOf).join(',')}}`
  const named = matching ? sql`true` : sql`c.id = any(${ids}::uuid[])`
  const together = frozen
    ? sql`i.frozen_at = ${frozen.at.toISOString()}::timestamptz
        and i.frozen_by is not distinct from ${frozen.by && uuidOf(frozen.by)}::uuid`
    : sql`true`
  return sql`${wantedApps(root, matching ?? {})} and ${named} and ${together} and ${isShown}`
}
