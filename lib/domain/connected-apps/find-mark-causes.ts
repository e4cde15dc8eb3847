import { inArray, type SQL, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import type { Id } from '../../base/ids.ts'
import type { MarkCause, MarkTrigger } from './mark-causes.ts'

type Change = {
  fromId: string
  toId: string
  from: string
  to: string
  trigger: MarkTrigger
  at: string
}
export type MarkFacts = { isForgotten: boolean; changes: Change[] }

/**
 * What marked each of these apps, where that is known: its owner changed, or nobody took its last new secret along. An app that
 * is marked keeps the first mark when its owner changes again, so that the first change since then is the cause, and all of them
 * leave somebody behind who knows the secret.
 */
export async function findMarkCauses(appIds: readonly Id<'app'>[]): Promise<Map<Id<'app'>, MarkCause>> {
  if (appIds.length === 0) return new Map()
  const rows = await database()
    .select({ id: connectedApps.id, facts: markFacts() })
    .from(connectedApps)
    .where(inArray(connectedApps.id, [...appIds]))
  return new Map(
    rows.flatMap(({ id, facts }) => {
      const cause = causeOf(facts)
      return cause ? [[id, cause] as const] : []
    }),
  )
}

/** What tells the cause of an app's mark, for a statement over `connected_apps`; null where it is not marked. */
export function markFacts(): SQL<MarkFacts | null> {
  const changes = sql`events e where e.app_id = connected_apps.id and e.name = 'connected-app.owner-changed'`
  return sql`case when connected_apps.rotation_due_since is not null then json_build_object(
    'isForgotten', exists (select from bulk_rotation_apps a join bulk_rotations r on r.id = a.bulk_rotation_id
      where a.app_id = connected_apps.id and connected_apps.rotation_due_since in (r.forgotten_at, r.handed_over_at)),
    'changes', coalesce((
      select json_agg(json_build_object(
        'fromId', e.details->'changed'->'ownerId'->>'before', 'toId', e.details->'changed'->'ownerId'->>'after',
        'from', e.details->>'previousOwner', 'to', e.details->>'newOwner',
        'trigger', e.details->>'trigger', 'at', e.occurred_at) order by e.id)
      -- In the order they were made: one that waited for the app began before the mark that it found.
      from ${changes} and e.id >= (select e.id from ${changes} and e.occurred_at >= connected_apps.rotation_due_since
        order by e.id limit 1)), '[]')) end`
}

/** Null where nothing marked it, or nobody knows what. */
export function causeOf(facts: MarkFacts | null): MarkCause | null {
  if (!facts) return null
  const { isForgotten, changes } = facts
  const formerOwners = formerOwnersOf(changes)
  if (isForgotten) return { kind: 'forgotten', formerOwners }
  const [first] = changes
  if (!first) return null
  const { trigger, from, to, at } = first
  return { kind: 'owner-changed', trigger, from, to, at: new Date(at), formerOwners }
}

/** Each person once, and nobody who owns the app again. */
function formerOwnersOf(changes: readonly Change[]): string[] {
  const owner = changes.at(-1)?.toId
  const names = new Map(changes.map(({ fromId, from }) => [fromId, from]))
  return [...names].flatMap(([id, name]) => (id === owner ? [] : [name]))
}
