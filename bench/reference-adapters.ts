import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'
import type postgres from 'postgres'

type Stored = { model: string; id: string; payload: AdapterPayload }

/** One table for everything: a row is written with an upsert and read with a select, as the library's examples do. */
export function naivePostgres(sql: postgres.Sql): AdapterFactory {
  return (model) => ({
    ...unused,
    async upsert(id, payload, expiresInSeconds) {
      await sql`
        insert into records (model, id, payload, expires_at)
        values (${model}, ${id}, ${sql.json(payload as postgres.JSONValue)}, now() + make_interval(secs => ${expiresInSeconds ?? null}))
        on conflict (model, id) do update set payload = excluded.payload, expires_at = excluded.expires_at`
    },
    async find(id) {
      const [row] = await sql<{ payload: AdapterPayload }[]>`
        select payload from records where model = ${model} and id = ${id}
          and (expires_at is null or expires_at > now())`
      return row?.payload
    },
  })
}

/** No database at all: what the library itself costs. */
export function inMemory(records: readonly Stored[]): AdapterFactory {
  const kept = new Map(records.map(({ model, id, payload }) => [`${model} ${id}`, payload]))
  return (model) => ({
    ...unused,
    async upsert(id, payload) {
      kept.set(`${model} ${id}`, payload)
    },
    find: async (id) => kept.get(`${model} ${id}`),
  })
}

export function readRecords(sql: postgres.Sql): Promise<Stored[]> {
  return sql<Stored[]>`select model, id, payload from records`
}

const neverAsked = async (): Promise<never> => {
  throw new Error('No figure asks for this.')
}
const unused: Adapter = {
  upsert: neverAsked,
  find: neverAsked,
  findByUid: neverAsked,
  findByUserCode: neverAsked,
  consume: neverAsked,
  destroy: neverAsked,
  revokeByGrantId: neverAsked,
}
