import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import type { MarkCause, MarkTrigger } from './mark-causes.ts'

type Row = {
  id: string
  isForgotten: boolean
  from: string | null
  to: string | null
  trigger: MarkTrigger | null
  at: string | null
}

/** What marked each of these apps, where that is known: its owner changed, or nobody took its last new secret along. */
export async function findMarkCauses(appIds: readonly Id<'app'>[]): Promise<Map<Id<'app'>, MarkCause>> {
  if (appIds.length === 0) return new Map()
  const rows = await database().execute<Row>(sql`
    select c.id, e.details->>'previousOwner' as from, e.details->>'newOwner' as to, e.details->>'trigger' as trigger,
      coalesce(e.occurred_at, c.rotation_due_since) as at,
      exists (select from bulk_rotation_apps a join bulk_rotations r on r.id = a.bulk_rotation_id
        where a.app_id = c.id and c.rotation_due_since in (r.forgotten_at, r.handed_over_at)) as "isForgotten"
    from connected_apps c
    left join lateral (
      select details, occurred_at from events
      where app_id = c.id and name = 'connected-app.owner-changed' order by id desc limit 1) e on true
    where c.id = any(${sql.param(`{${appIds.map(uuidOf).join(',')}}`)}::uuid[]) and c.rotation_due_since is not null`)
  return new Map(
    rows.flatMap((row) => {
      const cause = causeOf(row)
      return cause ? [[idOf('app', row.id), cause] as const] : []
    }),
  )
}

function causeOf({ isForgotten, from, to, trigger, at }: Row): MarkCause | null {
  if (isForgotten) return { kind: 'forgotten' }
  if (!from || !to || !trigger || !at) return null
  return { kind: 'owner-changed', trigger, from, to, at: new Date(at) }
}
