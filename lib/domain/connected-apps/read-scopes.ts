import { inArray } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { scopes } from '#db/schema/connected-apps'
import { Refusal } from '../../base/refusal.ts'
import type { ScopeNeeds } from './rules.ts'

/** What these scopes need, by name; refuses the ones that no API offers, each under its own field. */
export async function readScopes(
  tx: Transaction,
  names: readonly string[],
): Promise<Map<string, ScopeNeeds>> {
  const rows =
    names.length === 0
      ? []
      : await tx
          .select({
            name: scopes.name,
            needsOrganization: scopes.needsOrganization,
            needsEnvironment: scopes.needsEnvironment,
          })
          .from(scopes)
          .where(inArray(scopes.name, [...names]))
  const known = new Map(rows.map(({ name, ...needs }) => [name, needs]))
  const fields: Record<string, string> = {}
  names.forEach((name, at) => {
    if (!known.has(name)) fields[`scopes.${at}`] = `No API offers the scope ${name}.`
  })
  const [first] = Object.values(fields)
  if (first) throw new Refusal('invalid', first, fields)
  return known
}
