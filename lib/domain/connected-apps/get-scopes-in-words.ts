import { database } from '#db/client'
import { describeScopes, type ScopeWords } from './describe-scopes.ts'

/** These scopes in the words people are asked in, the highest risk first. Anyone who is asked may read them. */
export function getScopesInWords(names: readonly string[]): Promise<ScopeWords[]> {
  return describeScopes(database(), names)
}
