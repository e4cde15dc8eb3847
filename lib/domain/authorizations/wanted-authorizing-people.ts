import { type SQL, sql } from 'drizzle-orm'
import { uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import type { listAuthorizingPeopleSchema } from './schema.ts'

export type WantedPeople = Pick<
  ReturnType<typeof listAuthorizingPeopleSchema.parse>,
  'search' | 'appId' | 'unusedForDays'
>

/** Whether a live yes `l` is one of those that somebody is listed for. */
export function isWantedYes(root: SQL, { appId, unusedForDays }: WantedPeople): SQL {
  const since = sql`now() - make_interval(days => ${unusedForDays ?? 0})`
  return sql`l.root_organization_id = ${root}
    ${appId ? sql`and l.app_id = ${uuidOf(appId)}::uuid` : sql``}
    ${
      unusedForDays
        ? sql`and (l.last_used_at <= ${since} or (l.last_used_at is null and l.created_at <= ${since}))`
        : sql``
    }`
}

/** Whether a person `u` is called so. */
export function isCalled({ search }: WantedPeople): SQL {
  const words = search?.trim()
  if (!words) return sql`true`
  const pattern = likePattern(words)
  return sql`(u.full_name ilike ${pattern} or u.username ilike ${pattern} or u.email ilike ${pattern})`
}

/** Whether a person `u` matches. As a set of ids, so that the planner may begin with the few: the people of one app, say. */
export function isWanted(root: SQL, wanted: WantedPeople): SQL {
  return sql`u.ended_at is null and ${isCalled(wanted)}
    and u.id in (select l.user_id from live_authorizations l where ${isWantedYes(root, wanted)})`
}

/** The same, asked of one person after the other: for whoever needs some of many, in an order that an index has. */
export function isWantedOnceSeen(root: SQL, wanted: WantedPeople): SQL {
  return sql`u.ended_at is null and ${isCalled(wanted)}
    and u.id in (select m.user_id from memberships m where m.organization_id = ${root} and m.ended_at is null)
    and (select true from live_authorizations l where l.user_id = u.id and ${isWantedYes(root, wanted)} limit 1)`
}
