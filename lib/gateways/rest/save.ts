import { isRefusal } from '../../base/refusal.ts'
import { getApp } from '../../domain/connected-apps/get-app.ts'
import { appOf } from './named.ts'
import { Problem } from './problem.ts'
import type { Answer, Call } from './route.ts'

/**
 * Runs a save that begins from a version: the one in `If-Match` (the ETag of what was read, RFC 9110 §13.1.1), or
 * `version` in the body. Without either: 428. When somebody saved in between, `If-Match` makes it 412 instead of 409.
 */
export async function save<Saved extends { version: number }>(
  call: Pick<Call, 'actor' | 'ids' | 'ifMatch'> & { body: { version?: unknown } },
  act: (version: number) => Promise<Saved>,
  /** What it was begun from, read anew: an app, unless told otherwise. */
  read: () => Promise<{ version: number }> = () => getApp(call.actor, appOf(call)),
): Promise<Answer<Saved>> {
  const version = call.ifMatch ?? call.body.version
  if (version === undefined) {
    throw new Problem(428, 'Send the ETag of what you read as If-Match, so that nobody’s newer save is lost.')
  }
  try {
    const saved = await act(version as number)
    return { body: saved, headers: { ETag: `"${saved.version}"` } }
  } catch (thrown) {
    if (call.ifMatch !== undefined && isRefusal(thrown) && thrown.code === 'conflict') {
      const present = await read()
      if (present.version !== version) throw new Problem(412, thrown.sentence, { fields: thrown.fields })
    }
    throw thrown
  }
}
