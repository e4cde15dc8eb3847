import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Id, idOf, isId, uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { jwtsUntilOf } from './count-removal.ts'
import { type FoundHead, headOfRemoval, type RemovalHead, readHead } from './removal-head.ts'
import { REMOVALS_SHOWN_MAX, type RemovalKind } from './schema.ts'

/** What ended of one app; `person`: only theirs. */
export type RemovedOfApp = {
  app: { id: Id<'app'>; name: string }
  person: { id: Id<'user'>; name: string } | null
  authorizations: number
  families: number
  tokens: number
}

export type Removal = RemovalHead & {
  removalId: Id<'removal'>
  kind: RemovalKind
  removedAt: Date
  /** The person or the app that did it, as it was called; of a publisher only its app. */
  removedBy: string
  isBlocked: boolean
  isEntryRemoved: boolean
  apps: number
  /** Of these, how many were frozen, and stayed so. */
  frozen: number
  authorizations: number
  families: number
  tokens: number
  /** False while it is being counted: the numbers are as far as it has come. */
  isCounted: boolean
  /** Until when JWT access tokens that were out may be accepted by an API that does not ask; null where there were none. */
  jwtsUntil: Date | null
  /** The first fifty of what ended, by the most people; `partsTotal` says how many there are. */
  parts: RemovedOfApp[]
}

type Found = Omit<Removal, keyof RemovalHead | 'removalId' | 'removedAt' | 'jwtsUntil' | 'parts'> & {
  removedAt: string
  head: FoundHead
  jwtsUntil: string | null
  parts: FoundPart[]
}
type FoundPart = Pick<RemovedOfApp, 'authorizations' | 'families' | 'tokens'> & {
  app: string
  appName: string
  personId: string | null
  personName: string | null
}

/** The receipt of a removal: what ended, as far as it is counted, who did it and when, and what was done with it. */
export async function getRemoval(
  actor: Actor,
  { rootOrganizationId, removalId }: { rootOrganizationId: Id<'organization'>; removalId: Id<'removal'> },
): Promise<Removal> {
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'authorizations.list')
  const absent = new Refusal('not-found', 'There was no such removal here.')
  if (!isId('removal', removalId)) throw absent
  const removal = sql`${uuidOf(removalId)}::uuid`
  // One statement: its numbers and those of its parts are of the same moment, however far the count is.
  const [found] = await db.execute<Found>(sql`
    select r.kind, r.removed_at::text as "removedAt", r.removed_by_name as "removedBy",
      ${headOfRemoval}, r.is_blocked as "isBlocked", r.is_entry_removed as "isEntryRemoved",
      r.apps, r.frozen, r.authorizations, r.families, r.tokens, r.counted_at is not null as "isCounted",
      (case when r.jwts_seen_at is null then ${jwtsUntilOf} else r.jwts_until end)::text as "jwtsUntil",
      (select coalesce(json_agg(part), '[]') from (
        select i.app_id as app, p.app_name as "appName", a.user_id as "personId", p.person_name as "personName",
          p.authorizations, p.families, p.tokens
        from removal_parts p
        join installations i on i.id = p.installation_id
        left join authorizations a on a.id = p.authorization_id
        where p.removal_id = r.id
        order by p.authorizations desc, lower(p.app_name), p.number limit ${REMOVALS_SHOWN_MAX}) part) as parts
    from removals r where r.id = ${removal} and r.root_organization_id = ${uuidOf(rootOrganizationId)}::uuid`)
  if (!found) throw absent
  const { removedAt, head, jwtsUntil, parts, ...rest } = found
  return {
    removalId,
    ...rest,
    ...readHead(head),
    removedAt: new Date(removedAt),
    jwtsUntil: jwtsUntil === null ? null : new Date(jwtsUntil),
    parts: parts.map(({ app, appName, personId: whose, personName: name, ...counts }) => ({
      app: { id: idOf('app', app), name: appName },
      person: whose ? { id: idOf('user', whose), name: name ?? '' } : null,
      ...counts,
    })),
  }
}
