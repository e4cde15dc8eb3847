import { inArray } from 'drizzle-orm'
import type { Database } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { environments, organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { type Id, isId } from '../../base/ids.ts'

/** What the ids in these details name, where the details do not: a person reads names. */
export async function namesIn(
  db: Database,
  details: readonly Record<string, unknown>[],
): Promise<Record<string, string>> {
  const ids = [...new Set(details.flatMap(textsIn))]
  const of = <K extends 'organization' | 'user' | 'app' | 'environment'>(kind: K) =>
    ids.filter((id): id is Id<K> => isId(kind, id))
  const asked = [
    [organizations, organizations.name, of('organization')],
    [users, users.fullName, of('user')],
    [connectedApps, connectedApps.name, of('app')],
    [environments, environments.name, of('environment')],
  ] as const
  const found = await Promise.all(
    asked.map(([table, name, wanted]) =>
      wanted.length === 0
        ? []
        : db
            .select({ id: table.id, name })
            .from(table)
            .where(inArray(table.id, [...wanted])),
    ),
  )
  return Object.fromEntries(found.flat().map(({ id, name }) => [id, name]))
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
