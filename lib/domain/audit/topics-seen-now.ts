import type { Id } from '../../base/ids.ts'
import { isRefusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { listTopics } from './list-topics.ts'
import type { Topic } from './topics.ts'

/** With the way that what is told takes it stays below a second: so long somebody hears who has lost a right without an event. */
const OLD_MILLISECONDS_MAX = 800

type Answer = { askedAt: number; seen: Promise<ReadonlySet<Topic> | null> }

/** The last answer to each session of a console that listens, in each organization: its tabs share it. */
const shared = new Map<string, Answer>()

/**
 * What the actor may see of an organization at this moment, by an answer less than a second old, which the streams of one session
 * share; null once they see nothing, or are nobody any more. `since`: when their rights may have changed last
 * (`performance.now()`); an answer to a question asked before that is no answer.
 */
export function topicsSeenNow(
  actor: Actor,
  organizationId: Id<'organization'>,
  actorNow: () => Promise<Actor>,
): { ask: (since: number) => Promise<ReadonlySet<Topic> | null>; over: () => void } {
  // Two tokens of one app may hold different scopes: what is asked with a token is shared with nobody.
  const key =
    actor.kind === 'user' && actor.sessionId && !actor.through
      ? `${actor.sessionId} ${organizationId}`
      : crypto.randomUUID()
  return {
    ask(since) {
      const now = performance.now()
      const last = shared.get(key)
      if (last && last.askedAt > since && last.askedAt > now - OLD_MILLISECONDS_MAX) return last.seen
      const seen = ask()
      shared.set(key, { askedAt: now, seen })
      return seen
    },
    over: () => shared.delete(key),
  }

  async function ask(): Promise<ReadonlySet<Topic> | null> {
    try {
      return (await listTopics(await actorNow(), organizationId)).topics
    } catch (thrown) {
      if (isRefusal(thrown)) return null
      throw thrown
    }
  }
}
