import { randomInt } from 'node:crypto'
import { log } from '../../base/log.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Piece } from '../../domain/audit/follow-changes.ts'
import type { Actor } from '../../domain/permissions/actor.ts'

/**
 * Of a person in all their browsers together, or of an app: a session is easily made. A browser keeps six connections to a place
 * in all, and streams must leave some for everything else.
 */
export const STREAMS_OF_A_LISTENER_MAX = 4
export const STREAMS_OF_A_PROCESS_MAX = 1000
/** Whoever lost their stream comes back after a while of their own, so that a restart is not met by everybody at once. */
const BACK_AFTER_MILLISECONDS = [500, 2500] as const

/** Open streams by whom they belong to. Native Node and Next's bundle each load this file: they count together. */
const shared = globalThis as typeof globalThis & { gatehouseStreams?: Map<string, number> }

/** By whom the streams are counted: the person, whatever session they listen with; an app, also one that listens for a person, by itself. */
export function listenerOf(actor: Actor, callerName: string): string {
  return actor.kind === 'user' && !actor.through ? actor.userId : callerName
}

/** Takes one of the streams there may be, or refuses; to be given back once. */
export function takeStream(listener: string): () => void {
  shared.gatehouseStreams ??= new Map()
  const open = shared.gatehouseStreams
  const own = open.get(listener) ?? 0
  const all = [...open.values()].reduce((sum, count) => sum + count, 0)
  if (own >= STREAMS_OF_A_LISTENER_MAX)
    throw new Refusal(
      'limit-reached',
      `You follow changes in ${STREAMS_OF_A_LISTENER_MAX} places already, as many as one may. Close one of them, or ask for what you need now and then.`,
    )
  if (all >= STREAMS_OF_A_PROCESS_MAX)
    throw new Refusal(
      'unavailable',
      'As many listen as can. Ask for what you need now and then, and try again later.',
    )
  open.set(listener, own + 1)
  let isTaken = true
  return () => {
    if (!isTaken) return
    isTaken = false
    const left = (open.get(listener) ?? 1) - 1
    if (left > 0) open.set(listener, left)
    else open.delete(listener)
  }
}

/**
 * Changes as server-sent events: one `changed` for each piece, and `here` for an empty one, so that whoever hears neither for a
 * while knows that the connection is gone. `end` is called once it is over, whoever ended it.
 */
export function changeStream(
  pieces: AsyncGenerator<Piece, void, undefined>,
  end: () => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  // The first answer waits for the first change, but whoever asked hears at once that they may listen.
  let next: Promise<IteratorResult<Piece, void>> | undefined
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const isFirst = next === undefined
          next ??= pieces.next()
          if (isFirst) {
            controller.enqueue(
              encoder.encode(
                `retry: ${randomInt(...BACK_AFTER_MILLISECONDS)}\n${frame({ topics: [], at: new Date() })}`,
              ),
            )
            next.catch(() => undefined)
            return
          }
          const { done, value } = await next
          if (done) {
            end()
            controller.close()
            return
          }
          next = pieces.next()
          next.catch(() => undefined)
          controller.enqueue(encoder.encode(frame(value)))
        } catch (thrown) {
          log().debug({ err: thrown }, 'A stream of changes was broken off')
          end()
          controller.close()
        }
      },
      async cancel() {
        end()
        await pieces.return()
      },
    },
    { highWaterMark: 0 },
  )
}

/**
 * The id is the moment it was heard: whoever comes back with it hears of what they missed, and whoever read something later has read
 * that, too.
 */
function frame({ topics, at }: Piece): string {
  const id = `id: ${at.toISOString()}\n`
  if (topics.length === 0) return `event: here\n${id}data: {}\n\n`
  return `event: changed\n${id}data: ${JSON.stringify({ topics })}\n\n`
}
