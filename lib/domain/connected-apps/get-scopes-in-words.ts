import { inArray } from 'drizzle-orm'
import { database } from '#db/client'
import { scopes } from '#db/schema/connected-apps'
import type { RiskClass } from './scopes.ts'

/**
 * These scopes in the words people are asked in, in the order given. Anyone may read them; a scope that no API offers
 * (any more) is left out.
 */
export async function getScopesInWords(
  names: readonly string[],
): Promise<{ name: string; title: string; description: string; risk: RiskClass }[]> {
  if (names.length === 0) return []
  const rows = await database()
    .select({ name: scopes.name, title: scopes.title, description: scopes.description, risk: scopes.risk })
    .from(scopes)
    .where(inArray(scopes.name, [...names]))
  const known = new Map(rows.map((row) => [row.name, row]))
  return names.flatMap((name) => known.get(name) ?? [])
}
