import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Cursor, writeCursor } from '../../base/cursor.ts'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { describeScopes, highestRisk, type ScopeWords } from '../connected-apps/describe-scopes.ts'
import type { RiskClass } from '../connected-apps/scopes.ts'
import { isFamilyUsable } from '../installations/count-effect.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { afterLastUse } from './after-last-use.ts'
import { findPerson, type PersonHere } from './find-person.ts'
import { PAGE_ROWS } from './schema.ts'

export type AuthorizationOfPerson = {
  authorizationId: Id<'authorization'>
  app: { id: Id<'app'>; name: string; publisher: string; isInternal: boolean }
  /** The highest risk first. */
  scopes: ScopeWords[]
  risk: RiskClass
  isFrozen: boolean
  isDisabled: boolean
  /** Token families with a token that could still be used. */
  families: number
  authorizedAt: Date
  lastUsedAt: Date | null
}

type Found = {
  id: string
  app: string
  name: string
  publisher: string
  isInternal: boolean
  scopes: string[]
  isFrozen: boolean
  isDisabled: boolean
  families: number
  authorizedAt: string
  lastUsedAt: string | null
}

/**
 * What one person lets act for them in a root organization, the last used first, a page at a time; nothing where they
 * allowed nothing. Whoever has no place there is not found.
 */
export async function listAuthorizationsOfPerson(
  actor: Actor,
  input: { rootOrganizationId: Id<'organization'>; userId: Id<'user'>; cursor?: Cursor },
): Promise<{ person: PersonHere; rows: AuthorizationOfPerson[]; next: Cursor }> {
  const { rootOrganizationId, userId } = input
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'authorizations.list')
  const person = await findPerson(db, input)
  const root = sql`${uuidOf(rootOrganizationId)}::uuid`
  const found = await db.execute<Found>(sql`
    select l.id, c.id as app, c.name, publisher.name as publisher, c.root_organization_id = ${root} as "isInternal",
      l.scopes, i.frozen_at is not null as "isFrozen", c.disabled_at is not null as "isDisabled",
      (select count(*)::int from token_families f
        where f.authorization_id = l.id and f.ended_at is null and ${isFamilyUsable}) as families,
      l.created_at::text as "authorizedAt", l.last_used_at::text as "lastUsedAt"
    from live_authorizations l
    join installations i on i.id = l.installation_id
    join connected_apps c on c.id = l.app_id
    join organizations publisher on publisher.id = c.root_organization_id
    where l.user_id = ${uuidOf(userId)}::uuid and l.root_organization_id = ${root}
      and ${afterLastUse(input.cursor, sql`l.last_used_at`, sql`l.id`)}
    order by l.last_used_at desc nulls last, l.id desc limit ${PAGE_ROWS + 1}`)
  const shown = found.slice(0, PAGE_ROWS)
  const last = found.length > PAGE_ROWS ? shown.at(-1) : undefined
  const words = await describeScopes(db, [...new Set(shown.flatMap(({ scopes }) => scopes))])
  return {
    person,
    rows: shown.map(({ id, app, name, publisher, isInternal, authorizedAt, lastUsedAt, ...row }) => {
      const scopes = words.filter((one) => row.scopes.includes(one.name))
      return {
        ...row,
        authorizationId: idOf('authorization', id),
        app: { id: idOf('app', app), name, publisher, isInternal },
        scopes,
        risk: highestRisk(scopes),
        authorizedAt: new Date(authorizedAt),
        lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt),
      }
    }),
    next: last ? writeCursor([last.lastUsedAt, last.id]) : null,
  }
}
