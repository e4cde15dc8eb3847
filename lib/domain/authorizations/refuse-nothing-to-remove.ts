import { and, desc, eq } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { events } from '#db/schema/audit'
import { Refusal } from '../../base/refusal.ts'
import type { Installation } from '../installations/open-installation.ts'

/** Among how many of an app's latest events a removal is looked for: an app may have millions. */
const LOOKED_AT = 500

/** Says that nobody here uses the app, who removed it before, and whether it is blocked. Always a refusal. */
export async function refuseNothingToRemove(tx: Transaction, installation: Installation): Promise<never> {
  const latest = tx
    .select({ id: events.id, name: events.name, rootId: events.rootOrganizationId, by: events.actorName })
    .from(events)
    .where(eq(events.appId, installation.appId))
    .orderBy(desc(events.id))
    .limit(LOOKED_AT)
    .as('latest')
  const [removed] = await tx
    .select({ by: latest.by })
    .from(latest)
    .where(
      and(
        eq(latest.rootId, installation.rootOrganizationId),
        eq(latest.name, 'authorizations.removed-for-everyone'),
      ),
    )
    .orderBy(desc(latest.id))
    .limit(1)
  const { name } = installation.app
  const sentence = removed
    ? `${removed.by} has already removed ${name}: nobody here uses it any more.`
    : `Nobody here uses ${name}: there is nothing to remove.`
  throw new Refusal('conflict', installation.blockedAt ? `${sentence} It is blocked.` : sentence)
}
