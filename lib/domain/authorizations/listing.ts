import { scopesBeyond } from '../../base/scope-set.ts'
import type { Mode } from '../allowlist/schema.ts'

/**
 * What the allowlist says of an app that runs: `asks-more` is listed and waits for more; `internal` needs no entry while
 * internal apps pass by themselves; `not-listed` is kept by its people under Restricted, and nobody new gets in;
 * `no-entry` is the same where the mode asks for none.
 */
export type Listing = 'listed' | 'asks-more' | 'internal' | 'not-listed' | 'no-entry'

/** Facts in, the word of the Allowlist column out. `waiting`: the scopes of each request that waits. */
export function listingOf(facts: {
  isInternal: boolean
  mode: Mode
  internalAutoApproval: boolean
  entryScopes: readonly string[] | null
  waiting: readonly (readonly string[])[]
}): Listing {
  const { entryScopes } = facts
  if (entryScopes) {
    const asksMore = facts.waiting.some((scopes) => scopesBeyond(scopes, entryScopes).length > 0)
    return asksMore ? 'asks-more' : 'listed'
  }
  const isAsked = facts.mode === 'restricted'
  // Whether the mode asks for entries or not, an internal app is one that needs none by itself.
  if (facts.isInternal && (facts.internalAutoApproval || !isAsked)) return 'internal'
  return isAsked ? 'not-listed' : 'no-entry'
}
