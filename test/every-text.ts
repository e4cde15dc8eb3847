import { tokenSql } from '#db/client'

/** Every row of every table of this worker's database as text, the queue's too; bytes also as the text they may hold. */
export async function everyText(): Promise<{ table: string; text: string }[]> {
  const sql = tokenSql()
  const tables = await sql<
    { schema: string; name: string }[]
  >`select schemaname as schema, tablename as name from pg_tables where schemaname in ('public', 'graphile_worker')`
  const all: { table: string; text: string }[] = []
  for (const { schema, name } of tables) {
    const rows = await sql<Record<string, unknown>[]>`select * from ${sql(schema)}.${sql(name)}`
    for (const row of rows) {
      const values = Object.values(row).map((value) =>
        Buffer.isBuffer(value)
          ? `${value.toString('latin1')} ${value.toString('base64')}`
          : JSON.stringify(value),
      )
      all.push({ table: name, text: values.join(' ') })
    }
  }
  return all
}
