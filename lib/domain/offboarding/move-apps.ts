import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { recordEach } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { leftWithoutOwner, ownerHasNoRight } from './left-without-owner.ts'
import { refuseOwnMove } from './refuse-own-move.ts'
import { residesWithin } from './resides-within.ts'
import type { MoveTrigger } from './schema.ts'

type Leaving = {
  userId: Id<'user'>
  trigger: MoveTrigger
  /** The tree in which something was lost; absent: all of them. */
  rootOrganizationId?: Id<'organization'>
}

/**
 * Moves each app of a person that has just lost its owner, to the owner of its root organization: each whose organization the
 * person by now neither administers nor develops in, counting rights inherited from above. One statement for one app
 * or ten thousand, and one event for each. Its secret is marked as due for rotation; client ID, secrets, redirect
 * URIs, scopes, authorizations and tokens stay. Called when the memberships have been changed, and while they are held
 * (`open-member.ts`, `open-account.ts`). Returns how many moved.
 */
export async function moveApps(
  tx: Transaction,
  actor: Actor,
  { userId, trigger, rootOrganizationId }: Leaving,
): Promise<number> {
  return moveWhere(tx, actor, leftWithoutOwner({ userId, rootOrganizationId }), trigger)
}

/**
 * The same for the apps that reside in an organization or below it, whoever owns them: when the organization has been put
 * elsewhere, and rights come from other people above it. Called while these apps are held (`hold-apps.ts`).
 */
export async function moveAppsWithin(
  tx: Transaction,
  actor: Actor,
  organizationId: Id<'organization'>,
): Promise<number> {
  return moveWhere(tx, actor, sql`${residesWithin(organizationId)} and ${ownerHasNoRight()}`, 'rights-lost')
}

async function moveWhere(tx: Transaction, actor: Actor, which: SQL, trigger: MoveTrigger): Promise<number> {
  // In the order of their ids, as whoever acts on many apps at once holds them (`open-apps.ts`); the update keeps to no order.
  await tx.execute(sql`
    select count(*) from (
      select c.id from connected_apps c where ${which} order by c.id for no key update) held`)
  await refuseOwnMove(tx, actor, which)
  const by = personOf(actor)
  const moved = await tx.execute<MovedApp>(sql`
    update connected_apps c
    set owner_id = r.owner_id, version = c.version + 1, updated_at = now(), updated_by = ${by && uuidOf(by)}::uuid,
      -- Whoever owned it knows its secret. One that was due already stays due since then.
      rotation_due_since = case when c.client_type = 'server' then coalesce(c.rotation_due_since, now()) end
    from organizations r
    join users next on next.id = r.owner_id, users former
    where r.id = c.root_organization_id and former.id = c.owner_id and ${which}
    returning c.id, c.name, c.version, c.organization_id as "organizationId",
      c.root_organization_id as "rootOrganizationId", c.owner_id as "ownerId", next.full_name as "ownerName",
      former.id as "formerId", former.full_name as "formerName"`)
  await recordEach(
    tx,
    actor,
    moved.map((app) => ({
      name: 'connected-app.owner-changed',
      rootOrganizationId: idOf('organization', app.rootOrganizationId),
      organizationId: idOf('organization', app.organizationId),
      appId: idOf('app', app.id),
      subject: { id: idOf('app', app.id), name: app.name },
      details: {
        version: app.version,
        changed: { ownerId: { before: idOf('user', app.formerId), after: idOf('user', app.ownerId) } },
        previousOwner: app.formerName,
        newOwner: app.ownerName,
        trigger,
      },
    })),
  )
  return moved.length
}

type MovedApp = {
  id: string
  name: string
  version: number
  organizationId: string
  rootOrganizationId: string
  ownerId: string
  ownerName: string
  formerId: string
  formerName: string
}
