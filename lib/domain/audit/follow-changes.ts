import { setTimeout as pause } from 'node:timers/promises'
import { followDatabase } from '#db/client'
import type { Id } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { listTopics } from './list-topics.ts'
import { mayChangeRights, type Topic, topicsOf } from './topics.ts'
import { topicsSeenNow } from './topics-seen-now.ts'

/** Whoever hears nothing hears at least that they may still listen. */
const QUIET_SECONDS_MAX = 20
/** What changes meanwhile is told together, so that a busy organization costs each stream little; within a second all the same. */
const GATHER_MILLISECONDS = 400

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
 * query again, which decides what they may see. Who is asking and what they may see is looked at again less than a second before
 * each piece, anew wherever rights may have changed, and at least every twenty seconds, with an empty piece; it ends once there
 * is nothing left. Refuses whoever sees nothing.
 */
export async function followChanges(
  actor: Actor,
  { organizationId, since, actorNow, signal }: Following,
): Promise<AsyncGenerator<Piece, void, undefined>> {
  const { rootOrganizationId, topics } = await listTopics(actor, organizationId)
  return pieces(topics)

  async function* pieces(seenFirst: ReadonlySet<Topic>): AsyncGenerator<Piece, void, undefined> {
    let seen = seenFirst
    const changed = new Set<Topic>()
    let lastAt = 0
    let rightsAt = 0
    let wake = new AbortController()
    const stopping = new AbortController()
    const ended = AbortSignal.any([stopping.signal, signal])
    const wakeIfSeen = () => {
      if ([...changed].some((topic) => seen.has(topic))) wake.abort()
    }
    const told = (names: ReadonlySet<string> | null, at: number) => {
      for (const topic of topicsOf(names)) changed.add(topic)
      lastAt = at
      if (mayChangeRights(names)) {
        rightsAt = performance.now()
        wake.abort()
      } else wakeIfSeen()
    }
    const stop = followDatabase(rootOrganizationId, { told, over: () => stopping.abort() }, since ?? null)
    if (since === null) told(null, Date.now())
    const seeing = topicsSeenNow(actor, organizationId, actorNow)
    try {
      while (!ended.aborted) {
        await waited(QUIET_SECONDS_MAX * 1000, AbortSignal.any([wake.signal, ended]))
        if (wake.signal.aborted) await waited(GATHER_MILLISECONDS, ended)
        if (ended.aborted) return
        wake = new AbortController()
        const heard = [...changed]
        const at = new Date(heard.length > 0 ? lastAt : Date.now())
        changed.clear()
        const seenNow = await seeing.ask(rightsAt)
        if (!seenNow) return
        seen = seenNow
        wakeIfSeen()
        yield { topics: heard.filter((topic) => seenNow.has(topic)), at }
      }
    } finally {
      stop()
      seeing.over()
    }
  }
}

/** Waits so long, or until it is told not to. */
async function waited(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal, ref: false }).catch(() => undefined)
}
