import { and, desc, eq, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { events } from '#db/schema/audit'
import { installations } from '#db/schema/installations'
import { type Id, isId } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { countRemoved } from './count-effect.ts'
import type { Effect } from './schema.ts'

export type Removal = Effect & { removedAt: Date; removedBy: string }

/** What a removal for everyone ended, counted as far as anyone reads: the removal itself does not wait for that. */
export async function getRemoval(
  actor: Actor,
  {
    rootOrganizationId,
    appId,
    epoch,
  }: { rootOrganizationId: Id<'organization'>; appId: Id<'app'>; epoch: number },
): Promise<Removal> {
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'authorizations.remove')
  const [removed] = isId('app', appId)
    ? await db
        .select({
          installationId: installations.id,
          removedAt: events.occurredAt,
          removedBy: events.actorName,
        })
        .from(events)
        .innerJoin(
          installations,
          and(
            eq(installations.appId, events.appId),
            eq(installations.rootOrganizationId, rootOrganizationId),
          ),
        )
        .where(
          and(
            eq(events.appId, appId),
            eq(events.rootOrganizationId, rootOrganizationId),
            eq(events.name, 'authorizations.removed-for-everyone'),
            sql`${events.details} ->> 'epoch' = ${String(epoch)}`,
          ),
        )
        .orderBy(desc(events.id))
        .limit(1)
    : []
  if (!removed) throw new Refusal('not-found', 'There was no such removal here.')
  const { installationId, removedAt, removedBy } = removed
  return { ...(await countRemoved(db, { installationId, epoch, moment: removedAt })), removedAt, removedBy }
}
