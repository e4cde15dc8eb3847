import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { allowlistEntries } from '#db/schema/allowlist'
import { groups } from '#db/schema/people'
import { LIMITS } from './allowlist-tables.ts'
import { named, type World } from './world.ts'

/** Gives some entries an end, or a group of people, and tells of it. */
export async function limitEntries(tx: Transaction, world: World): Promise<void> {
  const { clock, organizations, people, apps, chronicle } = world
  for (const { root, app: key, when, by: who, until, group: name } of LIMITS) {
    const [where, app, by] = [named(organizations, root), named(apps, key), named(people, who)]
    const at = clock.ago(when)
    const endsAt = until === '-' ? null : clock.ahead(until)
    const [group] = await tx
      .select({ id: groups.id })
      .from(groups)
      .where(and(eq(groups.rootOrganizationId, where.id), eq(groups.name, name)))
    await tx
      .update(allowlistEntries)
      .set({ endsAt, endSetAt: endsAt && at, groupId: group?.id, updatedAt: at, updatedBy: by.id })
      .where(
        and(
          eq(allowlistEntries.rootOrganizationId, where.id),
          eq(allowlistEntries.appId, app.id),
          isNull(allowlistEntries.endedAt),
        ),
      )
    const changed = {
      ...(endsAt && { endsAt: { before: null, after: endsAt.toISOString() } }),
      ...(group && { group: { before: null, after: name } }),
    }
    const about = { where, app, subject: app }
    chronicle.tell({ at, name: 'allowlist.entry-limited', by, ...about, details: { changed } })
  }
}
