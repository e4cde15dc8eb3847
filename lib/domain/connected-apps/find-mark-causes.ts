import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import type { MarkCause, MarkTrigger } from './mark-causes.ts'

type Change = {
  fromId: string
  toId: string
  from: string
  to: string
  trigger: MarkTrigger
  at: string
}
type Row = { id: string; isForgotten: boolean; changes: Change[] }

/**
 * What marked each of these apps, where that is known: its owner changed, or nobody took its last new secret along. An app that
 * is marked keeps the first mark when its owner changes again, so that the first change since then is the cause, and all of them
 * leave somebody behind who knows the secret.
 */
export async function findMarkCauses(appIds: readonly Id<'app'>[]): Promise<Map<Id<'app'>, MarkCause>> {
  if (appIds.length === 0) return new Map()
  const rows = await database().execute<Row>(sql`
    with changes as (
      select id, app_id, occurred_at, details from events
      where app_id = any(${sql.param(`{${appIds.map(uuidOf).join(',')}}`)}::uuid[]) and name = 'connected-app.owner-changed')
    select c.id,
      exists (select from bulk_rotation_apps a join bulk_rotations r on r.id = a.bulk_rotation_id
        where a.app_id = c.id and c.rotation_due_since in (r.forgotten_at, r.handed_over_at)) as "isForgotten",
      coalesce((
        select json_agg(json_build_object(
          'fromId', e.details->'changed'->'ownerId'->>'before', 'toId', e.details->'changed'->'ownerId'->>'after',
          'from', e.details->>'previousOwner', 'to', e.details->>'newOwner',
          'trigger', e.details->>'trigger', 'at', e.occurred_at) order by e.id)
        from changes e
        -- In the order they were made: one that waited for the app began before the mark that it found.
        where e.app_id = c.id and e.id >= (
          select first.id from changes first
          where first.app_id = c.id and first.occurred_at >= c.rotation_due_since order by first.id limit 1)), '[]') as changes
    from connected_apps c
    where c.id = any(${sql.param(`{${appIds.map(uuidOf).join(',')}}`)}::uuid[]) and c.rotation_due_since is not null`)
  return new Map(
    rows.flatMap((row) => {
      const cause = causeOf(row)
      return cause ? [[idOf('app', row.id), cause] as const] : []
    }),
  )
}

function causeOf({ isForgotten, changes }: Row): MarkCause | null {
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
