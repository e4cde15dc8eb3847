import { type SQL, sql } from 'drizzle-orm'
import { type Database, database } from '#db/client'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { type Id, idOf, isId, uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import { Refusal } from '../../base/refusal.ts'
import { isFamilyUsable } from '../installations/count-effect.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { whileChecking } from '../permissions/while-checking.ts'
import { PAGE_ROWS } from './schema.ts'

export type PersonOfApp = {
  authorizationId: Id<'authorization'>
  userId: Id<'user'>
  name: string
  username: string
  isDeactivated: boolean
  scopes: string[]
  /** Token families with a token that could still be used. */
  families: number
  authorizedAt: Date
  lastUsedAt: Date | null
}

/** A row of `selectPeopleOfApp`. */
export type FoundPerson = Omit<PersonOfApp, 'authorizationId' | 'userId' | 'authorizedAt' | 'lastUsedAt'> & {
  authorization: string
  user: string
  authorizedAt: string
  lastUsedAt: string | null
}

/** The people whose authorization of an app lives, whoever used it last first, a page at a time; searched by name. */
export async function listPeopleOfApp(actor: Actor, wanted: Wanted): Promise<PeopleOfApp> {
  const checking = checkInRoot(database(), actor, wanted.rootOrganizationId, 'authorizations.list')
  return whileChecking(checking, read(wanted))
}

type Wanted = { rootOrganizationId: Id<'organization'>; appId: Id<'app'>; search?: string; cursor?: Cursor }
type PeopleOfApp = { rows: PersonOfApp[]; next: Cursor }

async function read(input: Wanted): Promise<PeopleOfApp> {
  if (!isId('app', input.appId)) throw new Refusal('not-found', 'There is no such app here.')
  const db = database()
  const installation = await findInstallation(db, input)
  if (!installation) return { rows: [], next: null }
  const found: FoundPerson[] = []
  // What was used and what never was, one after the other: a condition for both would walk the index from its beginning.
  for (const further of furtherOf(input.cursor)) {
    const missing = PAGE_ROWS + 1 - found.length
    if (missing === 0) break
    found.push(
      ...(await db.execute<FoundPerson>(selectPeopleOfApp(installation, further, missing, input.search))),
    )
  }
  const shown = found.slice(0, PAGE_ROWS)
  const last = found.length > PAGE_ROWS ? shown.at(-1) : undefined
  return {
    rows: shown.map(readPerson),
    next: last ? writeCursor([last.lastUsedAt, last.authorization]) : null,
  }
}

export type FoundInstallation = { id: string; epoch: number }

/** Known beforehand, so that the rows come in the index's order and not by sorting a million. Undefined: it is not known here. */
export async function findInstallation(
  db: Database,
  { rootOrganizationId, appId }: { rootOrganizationId: Id<'organization'>; appId: Id<'app'> },
): Promise<FoundInstallation | undefined> {
  if (!isId('organization', rootOrganizationId) || !isId('app', appId)) return undefined
  const [installation] = await db.execute<FoundInstallation>(sql`
    select id, epoch from installations
    where root_organization_id = ${uuidOf(rootOrganizationId)}::uuid and app_id = ${uuidOf(appId)}::uuid`)
  return installation
}

export function readPerson({
  authorization,
  user,
  authorizedAt,
  lastUsedAt,
  ...row
}: FoundPerson): PersonOfApp {
  return {
    ...row,
    authorizationId: idOf('authorization', authorization),
    userId: idOf('user', user),
    authorizedAt: new Date(authorizedAt),
    lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt),
  }
}

/** The statement behind the list. The order says nulls last of ids too, though none is null: the index serves no other. */
export function selectPeopleOfApp(
  installation: FoundInstallation,
  further: SQL,
  rows: number,
  search?: string,
): SQL {
  return sql`
    select a.id as authorization, u.id as user, u.full_name as name, u.username,
      u.deactivated_at is not null as "isDeactivated", a.scopes,
      (select count(*)::int from token_families f
        where f.authorization_id = a.id and f.ended_at is null and ${isFamilyUsable}) as families,
      a.created_at::text as "authorizedAt", a.last_used_at::text as "lastUsedAt"
    from authorizations a
    join users u on u.id = a.user_id
    where a.installation_id = ${installation.id}::uuid and a.epoch = ${installation.epoch} and a.ended_at is null
      and (select true from live_authorizations l where l.id = a.id)
      and ${matches(search)} and ${further}
    order by a.last_used_at desc nulls last, a.id desc nulls last
    limit ${rows}`
}

function matches(search: string | undefined): SQL {
  if (!search?.trim()) return sql`true`
  const pattern = likePattern(search)
  return sql`(u.full_name ilike ${pattern} or u.username ilike ${pattern} or u.email ilike ${pattern})`
}

/** Where the list goes on: the conditions that find the rest, one after the other. */
export function furtherOf(cursor: Cursor | undefined): SQL[] {
  const after = readCursor(cursor, ['moment-or-nothing', 'uuid'])
  if (!after) return [sql`true`]
  const [lastUsedAt, id] = after
  return lastUsedAt
    ? [sql`(a.last_used_at, a.id) < (${lastUsedAt}::timestamptz, ${id}::uuid)`, sql`a.last_used_at is null`]
    : [sql`a.last_used_at is null and a.id < ${id}::uuid`]
}
