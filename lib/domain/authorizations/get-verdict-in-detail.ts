import { database } from '#db/client'
import { scopesBeyond } from '../../base/scope-set.ts'
import { gatherFacts, type Wish } from './gather-facts.ts'
import { decideAuthorization, type Verdict } from './rules.ts'

/** The verdict as things stand, with what the person who is asked may know beside it. Like `getVerdict`, no promise. */
export async function getVerdictInDetail(wish: Wish): Promise<{
  verdict: Verdict
  /** Whether administrators have allowlisted all that is asked, whatever the mode. */
  isListed: boolean
  /** What the person allowed before, as far as it is asked again. */
  granted: string[]
}> {
  const facts = await gatherFacts(database(), wish)
  if (!facts) return { verdict: { kind: 'unavailable' }, isListed: false, granted: [] }
  const { entry, live } = facts
  return {
    verdict: decideAuthorization(facts),
    isListed: entry !== null && scopesBeyond(wish.scopes, entry.scopes).length === 0,
    granted: wish.scopes.filter((scope) => live?.scopes.includes(scope)),
  }
}
