import { sql } from 'drizzle-orm'
import { type Id, idOf } from '../../base/ids.ts'

/** What a removal was, apart from how much it ended. Names are those of that day. */
export type RemovalHead = {
  /** The app, where it was one. */
  app: { id: Id<'app'>; name: string } | null
  /** Whose authorizations they were, where all were one person's. */
  person: { id: Id<'user'>; name: string } | null
  /** How many apps ended; of chosen people, how many people. */
  partsTotal: number
}

/** As the statement over `removals r` selects it. */
export type FoundHead = {
  app: { id: string; name: string } | null
  person: { id: string; name: string } | null
  partsTotal: number
}

/** One column, `head`. Only of chosen people there are other parts than apps. */
export const headOfRemoval = sql`(
  select json_build_object(
    'partsTotal', parts.total,
    'app', case when r.apps = 1 then json_build_object('id', i.app_id, 'name', p.app_name) end,
    'person', case
      when r.person_id is not null then json_build_object('id', r.person_id, 'name', r.person_name)
      when parts.total = 1 and a.id is not null then json_build_object('id', a.user_id, 'name', p.person_name) end)
  from (select case when r.kind = 'people' then (
    select count(*)::int from removal_parts p where p.removal_id = r.id) else r.apps end as total) parts
  join removal_parts p on p.removal_id = r.id and p.number = 0
  join installations i on i.id = p.installation_id
  left join authorizations a on a.id = p.authorization_id) as head`

export function readHead({ app, person, partsTotal }: FoundHead): RemovalHead {
  return {
    app: app && { ...app, id: idOf('app', app.id) },
    person: person && { ...person, id: idOf('user', person.id) },
    partsTotal,
  }
}
