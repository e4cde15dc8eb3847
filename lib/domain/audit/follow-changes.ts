import { setTimeout as pause } from 'node:timers/promises'
import { followDatabase } from '#db/client'
import type { Id } from '../../base/ids.ts'
import { isRefusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { listTopics } from './list-topics.ts'
import { type Topic, topicsOf } from './topics.ts'

/** Whoever hears nothing hears at least that they may still listen. */
const QUIET_SECONDS_MAX = 20
/** What one act changes comes together: it is told once. */
const GATHER_MILLISECONDS = 100

type Following = {
  organizationId: Id<'organization'>
  /** What happened since then is told first; null: everything may have changed. */
  since: Date | null | undefined
  /** Who is asking at this moment; refused once their session or token is over. */
  actorNow: () => Promise<Actor>
  /** Ends it from outside. */
  signal: AbortSignal
}

/** Topics of which something is different, none where nothing happened; and when the last of it was heard. */
export type Piece = { topics: Topic[]; at: Date }

/**
 * What changes of all that the actor may see, as it changes, by topic and without a word of what: whoever hears it asks the
 * query again, which decides what they may see. Who is asking and what they may see is looked at again before each piece, and
 * at least every twenty seconds, with an empty one; it ends once there is nothing left. Refuses whoever sees nothing.
 */
export async function followChanges(
  actor: Actor,
  { organizationId, since, actorNow, signal }: Following,
): Promise<AsyncGenerator<Piece, void, undefined>> {
  const { rootOrganizationId } = await listTopics(actor, organizationId)
  return pieces()

  async function* pieces(): AsyncGenerator<Piece, void, undefined> {
    const changed = new Set<Topic>()
    let lastAt = 0
    let wake = new AbortController()
    const stopping = new AbortController()
    const ended = AbortSignal.any([stopping.signal, signal])
    const told = (names: ReadonlySet<string> | null, at: number) => {
      for (const topic of topicsOf(names)) changed.add(topic)
      lastAt = at
      wake.abort()
    }
    const stop = followDatabase(rootOrganizationId, { told, over: () => stopping.abort() }, since ?? null)
    if (since === null) told(null, Date.now())
    try {
      while (!ended.aborted) {
        if (changed.size === 0) await waited(QUIET_SECONDS_MAX * 1000, AbortSignal.any([wake.signal, ended]))
        if (changed.size > 0) await waited(GATHER_MILLISECONDS, ended)
        if (ended.aborted) return
        wake = new AbortController()
        const heard = [...changed]
        const at = new Date(heard.length > 0 ? lastAt : Date.now())
        changed.clear()
        const seen = await seenNow()
        if (!seen) return
        yield { topics: heard.filter((topic) => seen.has(topic)), at }
      }
    } finally {
      stop()
    }
  }

  async function seenNow(): Promise<ReadonlySet<Topic> | null> {
    try {
      return (await listTopics(await actorNow(), organizationId)).topics
    } catch (thrown) {
      if (isRefusal(thrown)) return null
      throw thrown
    }
  }
}

/** Waits so long, or until it is told not to. */
async function waited(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal, ref: false }).catch(() => undefined)
}
