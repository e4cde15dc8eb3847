import { sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { idOf } from '../../base/ids.ts'
import { recordEach } from '../audit/record.ts'
import type { SystemActor } from '../permissions/actor.ts'
import { HAND_OVER_HOURS } from './credentials-schema.ts'
import { forgetSealed } from './forget-sealed.ts'

const CLOCK: SystemActor = { kind: 'system', name: 'scheduler' }

/**
 * Forgets new secrets that nobody took along in time. Nobody knows them, so that their apps are due again, unless a newer
 * secret was made meanwhile. Returns of how many bulk rotations.
 */
export async function forgetSecrets(): Promise<number> {
  return transaction(async (tx) => {
    const forgotten = await tx.execute<Forgotten>(sql`
      update bulk_rotations r set forgotten_at = now()
      from organizations o
      where o.id = r.organization_id and r.id in (
        select id from bulk_rotations
        where handed_over_at is null and forgotten_at is null
          and finished_at < now() - make_interval(hours => ${HAND_OVER_HOURS})
        for update skip locked)
      returning r.id, r.organization_id as "organizationId", r.root_organization_id as "rootOrganizationId", o.name,
        (select count(*)::int from bulk_rotation_apps a where a.bulk_rotation_id = r.id and a.sealed_secret is not null) as secrets`)
    for (const { id } of forgotten) await forgetSealed(tx, idOf('bulkRotation', id))
    await recordEach(
      tx,
      CLOCK,
      forgotten.map(({ id, organizationId, rootOrganizationId, name, secrets }) => ({
        name: 'bulk-rotation.forgotten',
        rootOrganizationId: idOf('organization', rootOrganizationId),
        organizationId: idOf('organization', organizationId),
        subject: { id: idOf('organization', organizationId), name },
        details: { bulkRotationId: idOf('bulkRotation', id), secrets },
      })),
    )
    return forgotten.length
  })
}

type Forgotten = {
  id: string
  organizationId: string
  rootOrganizationId: string
  name: string
  secrets: number
}
