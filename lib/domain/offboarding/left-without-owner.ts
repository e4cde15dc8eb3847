import { type SQL, sql } from 'drizzle-orm'
import { type Id, uuidOf } from '../../base/ids.ts'

type Leaving = {
  userId: Id<'user'>
  /** The tree in which something is lost; absent: all of them. */
  rootOrganizationId?: Id<'organization'>
  /** Places that are to be thought away, before they have ended. */
  without?: readonly Id<'membership'>[] | 'all'
}

/**
 * Which apps `c` of a person lose their owner: those whose organization the person neither administers nor develops in,
 * counting rights inherited from above. The act and what is shown before it ask the same.
 */
export function leftWithoutOwner({ userId, rootOrganizationId, without = [] }: Leaving): SQL {
  const inTree = rootOrganizationId
    ? sql`and c.root_organization_id = ${uuidOf(rootOrganizationId)}::uuid`
    : sql``
  const theirs = sql`c.owner_id = ${uuidOf(userId)}::uuid and c.ended_at is null ${inTree}`
  if (without === 'all') return theirs
  return sql`${theirs} and ${ownerHasNoRight(without)}`
}

/** Whether the owner of the app `c` neither administers nor develops where it resides, there or from above. */
export function ownerHasNoRight(without: readonly Id<'membership'>[] = []): SQL {
  return sql`not exists (
    select from organization_ancestors above
    join memberships m on m.organization_id = above.ancestor_id and m.user_id = c.owner_id and m.ended_at is null
    where above.organization_id = c.organization_id and m.role in ('administrator', 'developer')
      and not (m.id = any(${sql.param(without.map(uuidOf))}::uuid[])))`
}
