import { sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { type Id, isId, uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'

export type PersonHere = { id: Id<'user'>; name: string; username: string; isDeactivated: boolean }

type Whose = { rootOrganizationId: Id<'organization'>; userId: Id<'user'> }

/**
 * A person who has a place in a root organization, or, where it is asked what would become of them (`everHere`), had one. Refuses all
 * others as absent.
 */
export async function findPerson(
  db: Database | Transaction,
  { rootOrganizationId, userId }: Whose,
  { everHere = false } = {},
): Promise<PersonHere> {
  const [person] = isId('user', userId)
    ? await db.execute<Omit<PersonHere, 'id'>>(sql`
        select u.full_name as name, u.username, u.deactivated_at is not null as "isDeactivated" from users u
        where u.id = ${uuidOf(userId)}::uuid and (${everHere} or u.ended_at is null) and exists (
          select from memberships m where m.user_id = u.id and (${everHere} or m.ended_at is null)
            and m.root_organization_id = ${uuidOf(rootOrganizationId)}::uuid)`)
    : []
  const sentence = 'There is no such person here.'
  if (!person) throw new Refusal('not-found', sentence, { userId: sentence })
  return { id: userId, ...person }
}
