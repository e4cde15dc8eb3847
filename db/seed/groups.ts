import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { memberships } from '#db/schema/organizations'
import { groupMembers, groups } from '#db/schema/people'
import { listed } from '#lib/base/listed'
import { HOUR, idAt, later } from './moments.ts'
import { GROUPS, QUOTAS } from './people-tables.ts'
import { wordsOf } from './read-table.ts'
import { named, type World } from './world.ts'

/** Makes the groups of people and tells of it. */
export async function insertGroups(tx: Transaction, world: World): Promise<void> {
  const { clock, organizations, people, chronicle } = world
  for (const { organization, name, description, by: maker, since, people: keys } of GROUPS) {
    const where = named(organizations, organization)
    const by = named(people, maker)
    const at = clock.ago(since)
    const id = idAt('group', at)
    const inside = wordsOf(keys).map((key) => named(people, key))
    await tx
      .insert(groups)
      .values({ id, rootOrganizationId: where.id, name, description, createdAt: at, createdBy: by.id })
    const addedAt = later(at, HOUR)
    await tx
      .insert(groupMembers)
      .values(inside.map((person) => ({ groupId: id, userId: person.id, addedAt, addedBy: by.id })))
    const subject = { id, name }
    chronicle.tell({ at, name: 'group.created', by, where, subject })
    const names = listed(inside.map(({ fullName }) => fullName))
    chronicle.tell({
      at: addedAt,
      name: 'group.people-added',
      by,
      where,
      subject,
      details: { people: names },
    })
  }
}

/** Gives some developers a quota of apps. */
export async function setQuotas(tx: Transaction, { organizations, people }: World): Promise<void> {
  for (const { person, organization, most } of QUOTAS) {
    await tx
      .update(memberships)
      .set({ appsMax: Number(most) })
      .where(
        and(
          eq(memberships.userId, named(people, person).id),
          eq(memberships.organizationId, named(organizations, organization).id),
          isNull(memberships.endedAt),
        ),
      )
  }
}
