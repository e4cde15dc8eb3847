import { sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import { checkInRoot } from '../permissions/check-root.ts'

type Wish = {
  rootOrganizationId: Id<'organization'>
  appId: Id<'app'>
  authorizationIds: readonly Id<'authorization'>[]
}

export type ChosenYes = {
  authorizationId: Id<'authorization'>
  installationId: Id<'installation'>
  appName: string
  epoch: number
}

/**
 * Holds chosen live authorizations of one app in order to end them, in the order of their ids. Refuses where one of them has
 * ended meanwhile, or is no authorization of this app here: what was counted would not be what ends.
 */
export async function openChosenPeople(
  tx: Transaction,
  actor: Actor,
  wish: Wish,
  permission: Permission,
): Promise<{ app: { id: Id<'app'>; name: string }; yeses: ChosenYes[] }> {
  await checkInRoot(tx, actor, wish.rootOrganizationId, permission)
  const yeses = await findChosenPeople(tx, wish, true)
  const gone = new Set(wish.authorizationIds).size - yeses.length
  const [first] = yeses
  if (!first || gone > 0) {
    const who = gone === 1 ? 'One of the people chosen has' : `${gone} of the people chosen have`
    throw new Refusal('conflict', `${who} not authorized it any more. Look at it anew, then decide again.`)
  }
  return { app: { id: wish.appId, name: first.appName }, yeses }
}

/** Those of the chosen that live. */
export async function findChosenPeople(
  tx: Database | Transaction,
  { rootOrganizationId, appId, authorizationIds }: Wish,
  isHeld = false,
): Promise<ChosenYes[]> {
  const ids = `{${authorizationIds.map(uuidOf).join(',')}}`
  const rows = await tx.execute<{ yes: string; installation: string; appName: string; epoch: number }>(sql`
    select a.id as yes, a.installation_id as installation, c.name as "appName", a.epoch
    from authorizations a join connected_apps c on c.id = a.app_id
    where a.id = any(${ids}::uuid[]) and a.app_id = ${uuidOf(appId)}::uuid
      and a.root_organization_id = ${uuidOf(rootOrganizationId)}::uuid
      and a.ended_at is null and exists (select from live_authorizations l where l.id = a.id)
    order by a.id ${isHeld ? sql`for update of a` : sql``}`)
  return rows.map(({ yes, installation, ...rest }) => ({
    ...rest,
    authorizationId: idOf('authorization', yes),
    installationId: idOf('installation', installation),
  }))
}
