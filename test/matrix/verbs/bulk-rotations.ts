import { eq } from 'drizzle-orm'
import { database } from '#db/client'
import { bulkRotations } from '#db/schema/connected-apps'
import type { Id } from '#lib/base/ids'
import { getBulkRotation } from '#lib/domain/connected-apps/get-bulk-rotation'
import { getRotationDue } from '#lib/domain/connected-apps/get-rotation-due'
import { handOverSecrets } from '#lib/domain/connected-apps/hand-over-secrets'
import { listBulkRotations } from '#lib/domain/connected-apps/list-bulk-rotations'
import { previewBulkRotation } from '#lib/domain/connected-apps/preview-bulk-rotation'
import { startBulkRotation } from '#lib/domain/connected-apps/start-bulk-rotation'
import type { Actor } from '#lib/domain/permissions/actor'
import { as } from '#test/actors'
import { isThemselves } from '../callers.ts'
import { APP, all, GROUP, lists, needs, only } from '../needs.ts'
import { row } from '../row.ts'
import type { World } from '../world.ts'

const OF_SALES = { which: 'all' as const, overlapHours: 24 as const }
const salesApps = (w: World) => ({ ...OF_SALES, organizationId: w.sales.id })

/** Of the apps that one may see, those that one may rotate. */
const ROTATABLE = all(needs('connected-apps.view', APP), needs('connected-apps.rotate-secret', APP))
/** The beginner's alone, whatever rights others have: the secrets were made in that name. And while they hold the right themselves. */
const BEGINNER = all(
  only((caller) => isThemselves(caller, 'developer who owns the apps'), 'absent'),
  needs('connected-apps.rotate-many', GROUP),
)

export const BULK_ROTATIONS = [
  row(getRotationDue, (w) => w.sales.id, needs('connected-apps.rotate-many', GROUP)),
  row(previewBulkRotation, salesApps, lists(needs('connected-apps.rotate-many', GROUP), ROTATABLE), {
    shows: ({ counts }) => counts.ready > 0,
  }),
  row(startBulkRotation, salesApps, lists(needs('connected-apps.rotate-many', GROUP), ROTATABLE, 'conflict')),
  row(getBulkRotation, (w) => begun(w), BEGINNER),
  row(handOverSecrets, async (w) => ({ bulkRotationId: await finished(w) }), BEGINNER),
  row(
    listBulkRotations,
    async (w) => {
      await begun(w)
      return w.sales.id
    },
    lists(needs('connected-apps.rotate-many', GROUP), BEGINNER),
    { shows: (open) => open.length > 0 },
  ),
]

/** Begun by the developer who owns the apps. */
export async function begun(
  w: World,
  actor: Actor = as(w.people['developer who owns the apps']),
): Promise<Id<'bulkRotation'>> {
  return (await startBulkRotation(actor, salesApps(w))).bulkRotationId
}

export async function finished(w: World, actor?: Actor): Promise<Id<'bulkRotation'>> {
  const id = await begun(w, actor)
  await database().update(bulkRotations).set({ finishedAt: new Date() }).where(eq(bulkRotations.id, id))
  return id
}
