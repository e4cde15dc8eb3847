import { and, asc, eq, ilike, or, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { memberships } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { FOUND_SHOWN_MAX } from './schema.ts'

export type EventPerson = { id: Id<'user'>; name: string; username: string }

/** People whose acts the audit log can be searched for: who has or had a place in the root organization, by name; or the one with that id. */
export async function listEventPeople(
  actor: Actor,
  {
    rootOrganizationId,
    id,
    search = '',
  }: { rootOrganizationId: Id<'organization'>; id?: Id<'user'>; search?: string | undefined },
): Promise<EventPerson[]> {
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'audit.view')
  const pattern = likePattern(search)
  return db
    .select({ id: users.id, name: users.fullName, username: users.username })
    .from(users)
    .where(
      and(
        id ? eq(users.id, id) : undefined,
        or(ilike(users.fullName, pattern), ilike(users.username, pattern)),
        sql`exists (select from ${memberships} m where m.user_id = ${users.id} and m.root_organization_id = ${sql.param(rootOrganizationId, memberships.rootOrganizationId)})`,
      ),
    )
    .orderBy(asc(users.fullName), asc(users.id))
    .limit(FOUND_SHOWN_MAX)
}
