import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../../domain/permissions/actor.ts'
import type { ActionResult } from './action.ts'
import { currentActor } from './actor.ts'
import { isFromHere } from './read-form.ts'
import { refusalOf } from './refuse.ts'

/**
 * Answers a file that script of our own page sent as the body: makes sure that it came from there and whose it is, and only
 * then reads it, no further than it may be long. Like a server action it answers with the value or with the refusal.
 */
export async function answerUpload<Value>(
  request: Request,
  bytesMax: number,
  work: (actor: Actor, file: Uint8Array) => Promise<Value>,
): Promise<Response> {
  return Response.json(await answer(request, bytesMax, work), { headers: { 'Cache-Control': 'no-store' } })
}

async function answer<Value>(
  request: Request,
  bytesMax: number,
  work: (actor: Actor, file: Uint8Array) => Promise<Value>,
): Promise<ActionResult<Value>> {
  try {
    if (!isFromHere(request.headers))
      throw new Refusal('forbidden', 'This file was sent from another site. Nothing was changed.')
    const actor = await currentActor()
    if (!actor)
      throw new Refusal('unauthenticated', 'You are signed out. Sign in again to go on; nothing was saved.')
    return { ok: true, value: await work(actor, await bytesUpTo(request, bytesMax)) }
  } catch (thrown) {
    return { ok: false, refusal: refusalOf(thrown) }
  }
}

/** The announced length may be missing or wrong, so what arrives is counted too. */
async function bytesUpTo(request: Request, bytesMax: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) throw tooLong(bytesMax)
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > bytesMax) throw tooLong(bytesMax)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function tooLong(bytesMax: number): Refusal {
  return new Refusal(
    'invalid',
    `This file is too large: at most ${Math.floor(bytesMax / 1_048_576)} MiB are taken.`,
  )
}
