import { and, eq, isNull, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { liveEntries } from '#db/schema/allowlist'
import { connectedApps } from '#db/schema/connected-apps'
import { groups } from '#db/schema/people'
import type { Id } from '../../base/ids.ts'
import { listed } from '../../base/listed.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { openGroup } from './open-group.ts'
import { type DeleteGroupInput, deleteGroupSchema } from './schema.ts'

/** A sentence names so many. */
const APPS_NAMED_MAX = 3

/** Deletes a group; its people stay where they are, and its name is free again. Refuses one that entries of the allowlist are for. */
export async function deleteGroup(actor: Actor, input: DeleteGroupInput): Promise<void> {
  const { groupId } = parse(deleteGroupSchema, input)
  await transaction(async (tx) => {
    const group = await openGroup(tx, actor, groupId)
    await refuseGroupOfEntries(tx, groupId)
    await tx
      .update(groups)
      .set({ endedAt: sql`now()`, endedBy: personOf(actor) })
      .where(eq(groups.id, groupId))
    await record(tx, actor, {
      name: 'group.deleted',
      rootOrganizationId: group.rootOrganizationId,
      subject: { id: groupId, name: group.name },
    })
  })
}

/** With its group gone an entry would be for nobody, and nobody would have said so. */
async function refuseGroupOfEntries(tx: Transaction, groupId: Id<'group'>): Promise<void> {
  const apps = await tx
    .select({ name: connectedApps.name })
    .from(liveEntries)
    .innerJoin(connectedApps, eq(connectedApps.id, liveEntries.appId))
    .where(and(eq(liveEntries.groupId, groupId), isNull(connectedApps.endedAt)))
    .orderBy(connectedApps.name)
    .limit(APPS_NAMED_MAX + 1)
  if (apps.length === 0) return
  const names = apps.slice(0, APPS_NAMED_MAX).map((app) => app.name)
  if (apps.length > APPS_NAMED_MAX) names.push('others')
  throw new Refusal(
    'conflict',
    `${listed(names)} ${apps.length === 1 ? 'is' : 'are'} allowlisted for this group alone. Change that first, under Policy › Allowlist.`,
  )
}
