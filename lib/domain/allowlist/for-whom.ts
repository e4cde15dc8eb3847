import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { liveEntries } from '#db/schema/allowlist'
import { whoWaits } from './who-asks.ts'

/** Whether a person is in the group that an entry is for, by its `group_id`; null is everyone. */
export function isForPerson(groupId: SQLWrapper, userId: SQLWrapper): SQL {
  return sql`(${groupId} is null or exists (select from group_members m join groups g on g.id = m.group_id
    where m.group_id = ${groupId} and m.user_id = ${userId} and g.ended_at is null))`
}

/** Who waits with a request and is not in the group that the app's entry is for. */
export function outsidersOf(groupId: SQLWrapper, requestId: SQLWrapper): SQL {
  return sql`select r.user_id from (${whoWaits(requestId)}) r
    where not ${isForPerson(groupId, sql`r.user_id`)}`
}

/** What the app's entry, joined as `live_entries`, holds for all who wait with a request; null: nothing, for somebody of them. */
export function entryScopesFor(requestId: SQLWrapper): SQL<string[] | null> {
  return sql`case when not exists (${outsidersOf(liveEntries.groupId, requestId)}) then ${liveEntries.scopes} end`
}
