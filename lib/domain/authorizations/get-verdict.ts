import { database } from '#db/client'
import { gatherFacts, type Wish } from './gather-facts.ts'
import { decideAuthorization, type Verdict } from './rules.ts'

/**
 * The verdict on a wish as things stand, to choose which page a person sees. It is no promise: `authorizeApp` takes it
 * again under the locks that record the yes.
 */
export async function getVerdict(wish: Wish): Promise<Verdict> {
  const facts = await gatherFacts(database(), wish)
  return facts ? decideAuthorization(facts) : { kind: 'unavailable' }
}
