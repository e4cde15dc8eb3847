import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Role } from '../permissions/standing.ts'
import { counts, reachOf, uuids } from './reach.ts'
import { type ListPeopleInput, listPeopleSchema, PEOPLE_SHOWN_MAX, type PersonState } from './schema.ts'
import { stateOf, wantedPeople } from './wanted-people.ts'

export type PlaceHeld = {
  organizationId: Id<'organization'>
  organizationName: string
  isRoot: boolean
  role: Role
  /** Held above what was asked for, and so held there too. */
  isInherited: boolean
}
export type PersonListed = {
  id: Id<'user'>
  fullName: string
  username: string
  email: string
  state: PersonState
  /** Owns the root organization. */
  isOwner: boolean
  /** The strongest first. */
  places: PlaceHeld[]
  /** Apps within what was asked for. */
  appsOwned: number
  /** Null for a guest too: when they sign in is their home's to know. */
  lastSignedInAt: Date | null
}
export type People = { people: PersonListed[]; next: Cursor }

/**
 * The people of an organization and of all below it, by name, with the roles they hold there or from above: for
 * administrators, each their own branch. Fifty a page; with a `slice`, those rows alone. How many there are on all pages, `countPeople` says.
 */
export async function listPeople(actor: Actor, input: ListPeopleInput): Promise<People> {
  const query = parse(listPeopleSchema, input)
  const db = database()
  const reach = await reachOf(db, actor, query.organizationId)
  const wanted = wantedPeople(query, reach)
  const after = readCursor(query.cursor, ['text', 'uuid'])
  const onwards = after ? sql`and (u.full_name, u.id) > (${after[0]}, ${after[1]}::uuid)` : sql``
  const rows = await db.execute<Row>(sql`
    with page as materialized (
      select u.* from users u where ${wanted} ${onwards}
      order by u.full_name, u.id limit ${query.slice?.limit ?? PEOPLE_SHOWN_MAX + 1} offset ${query.slice?.offset ?? 0})
    select u.id, u.full_name as "fullName", u.username, u.email, ${stateOf(reach)} as state,
      r.owner_id is not distinct from u.id as "isOwner",
      (select count(*)::int from connected_apps c where c.owner_id = u.id and c.ended_at is null
        and c.organization_id = any(${uuids(reach.within)})) as "appsOwned",
      case when u.home_organization_id = r.id
        then (select max(s.authenticated_at) from sessions s where s.user_id = u.id) end as "lastSignedInAt",
      (select json_agg(json_build_object('organizationId', o.id, 'organizationName', o.name,
          'isRoot', o.parent_id is null, 'role', m.role,
          'isInherited', not (o.id = any(${uuids(reach.within)}))) order by m.role, o.parent_id nulls first, o.name)
        from memberships m join organizations o on o.id = m.organization_id and o.ended_at is null
        where m.user_id = u.id and m.ended_at is null and ${counts(reach)}) as places
    from page u join organizations r on r.id = ${uuidOf(reach.rootOrganizationId)}::uuid
    order by u.full_name, u.id`)
  const page = query.slice ? rows : rows.slice(0, PEOPLE_SHOWN_MAX)
  const last = rows.length > page.length ? page.at(-1) : undefined
  return {
    people: page.map(shown),
    next: last ? writeCursor([last.fullName, last.id]) : null,
  }
}

type Row = Omit<PersonListed, 'id' | 'places' | 'lastSignedInAt'> & {
  id: string
  lastSignedInAt: string | Date | null
  places: (Omit<PlaceHeld, 'organizationId'> & { organizationId: string })[] | null
}

function shown({ id, places, lastSignedInAt, ...row }: Row): PersonListed {
  return {
    ...row,
    id: idOf('user', id),
    lastSignedInAt: lastSignedInAt === null ? null : new Date(lastSignedInAt),
    places: (places ?? []).map((place) => ({
      ...place,
      organizationId: idOf('organization', place.organizationId),
    })),
  }
}
