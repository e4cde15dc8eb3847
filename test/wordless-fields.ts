import postgres from 'postgres'
import { hasWords } from '#components/audit/event-changes'
import { CHANGED } from '#components/audit/field-words'

type Recorded = { name: string; field: string }

/** Fields that events of a database keep and that the audit log has no words for. */
export async function wordlessFields(url: string): Promise<string[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  const [details, changed] = await Promise.all([
    sql<Recorded[]>`select distinct name, jsonb_object_keys(details) as field from events`,
    sql<Recorded[]>`
      select distinct name, jsonb_object_keys(details->'changed') as field from events
      where jsonb_typeof(details->'changed') = 'object'`,
  ])
  await sql.end()
  const wordless = [
    ...details.filter(({ name, field }) => !hasWords(name, field)),
    ...changed.filter(({ field }) => !(field in CHANGED)),
  ]
  return wordless.map(({ name, field }) => `${field} of ${name}`).sort()
}
