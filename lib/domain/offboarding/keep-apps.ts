import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { idOf, uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordEach } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import type { BusinessGroup } from './open-business-group.ts'
import { refuseOwnMove } from './refuse-own-move.ts'
import { residesWithin } from './resides-within.ts'

/** Refuses while apps reside in a business group or below it, saying how many. */
export async function refuseApps(tx: Transaction, { id, name }: BusinessGroup): Promise<void> {
  const [row] = await tx.execute<{ apps: number }>(
    sql`select count(*)::int as apps from connected_apps c where ${residesWithin(id)}`,
  )
  if (!row?.apps) return
  const sentence =
    row.apps === 1
      ? `An app resides in ${name} or below it. Move it to the organization above, or delete it first.`
      : `${row.apps.toLocaleString('en')} apps reside in ${name} or below it. Move them to the organization above, or delete them first.`
  throw new Refusal('conflict', sentence, { appsTo: sentence })
}

/**
 * Apps that reside in a business group or below it come to reside above it, where they may do what they could before and
 * nothing more. One statement, and one event for each. Called while they are held. Returns how many there are.
 */
export async function keepApps(
  tx: Transaction,
  actor: Actor,
  { id, parentId, rootOrganizationId }: BusinessGroup,
): Promise<number> {
  await refuseOwnMove(tx, actor, residesWithin(id))
  const by = personOf(actor)
  const kept = await tx.execute<KeptApp>(sql`
    update connected_apps c
    set organization_id = p.id, version = c.version + 1, updated_at = now(), updated_by = ${by && uuidOf(by)}::uuid
    from organizations p, organizations former
    where ${residesWithin(id)} and p.id = ${uuidOf(parentId)}::uuid and former.id = c.organization_id
    returning c.id, c.name, c.version, former.id as "formerId", former.name as before, p.name as after`)
  await recordEach(
    tx,
    actor,
    kept.map((app) => ({
      name: 'connected-app.moved',
      rootOrganizationId,
      organizationId: parentId,
      appId: idOf('app', app.id),
      subject: { id: idOf('app', app.id), name: app.name },
      details: {
        version: app.version,
        changed: { organizationId: { before: idOf('organization', app.formerId), after: parentId } },
        before: app.before,
        after: app.after,
      },
    })),
  )
  return kept.length
}

type KeptApp = {
  id: string
  name: string
  version: number
  formerId: string
  before: string
  after: string
}
