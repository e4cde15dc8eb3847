import { and, inArray, isNull } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { scopes } from '#db/schema/connected-apps'
import type { RiskClass } from './scopes.ts'

/** A scope as people read it: what it lets an app do, and how much harm that can do. */
export type ScopeWords = { name: string; title: string; description: string; risk: RiskClass }

const RISKS: readonly RiskClass[] = ['high', 'medium', 'low']

/** These scopes in words, the highest risk first. One that no API offers any more is shown by its name, and as risky. */
export async function describeScopes(
  tx: Database | Transaction,
  names: readonly string[],
): Promise<ScopeWords[]> {
  if (names.length === 0) return []
  const { name, title, description, risk } = scopes
  const rows = await tx
    .select({ name, title, description, risk })
    .from(scopes)
    .where(and(inArray(name, [...names]), isNull(scopes.endedAt)))
  const known = new Map(rows.map((row) => [row.name, row]))
  return names
    .map((one) => known.get(one) ?? unknownScope(one))
    .sort((a, b) => RISKS.indexOf(a.risk) - RISKS.indexOf(b.risk) || (a.name < b.name ? -1 : 1))
}

/** The highest risk among scopes; none of them: low. */
export function highestRisk(words: readonly ScopeWords[]): RiskClass {
  return RISKS.find((risk) => words.some((one) => one.risk === risk)) ?? 'low'
}

function unknownScope(name: string): ScopeWords {
  return { name, title: name, description: 'No API offers this any more.', risk: 'high' }
}
