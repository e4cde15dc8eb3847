import { log } from '../../base/log.ts'
import { isRefusal } from '../../base/refusal.ts'
import { askAgain } from '../../domain/api-calls/ask-again.ts'
import type { Caller } from '../../domain/api-calls/caller.ts'
import {
  beginOnce,
  type KeptAnswer,
  keepAnswer,
  letGo,
  type Once,
  onceOf,
} from '../../domain/api-calls/once.ts'
import { IDEMPOTENCY_KEY_LENGTH_MAX, UNDER_WAY_SECONDS } from '../../domain/api-calls/schema.ts'
import { Problem } from './problem.ts'
import type { Route } from './route.ts'

/**
 * Does what a request asks for once per key of its caller (draft-ietf-httpapi-idempotency-key-header): the same request
 * again gets the answer of the first (without a secret that was shown in it), one with another content is refused, and so is
 * one that comes while the first is under way, or from whoever may no longer do it. What was refused has not happened, and
 * gives its key back.
 */
export async function answerOnce(
  asked: { caller: Caller; route: Route; ids: Record<string, string>; key: string; request: string },
  act: () => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  const once = onceOf(asked.caller.name, asked.key, asked.request)
  const begun = await beginOnce(once)
  switch (begun.is) {
    case 'first':
      return first(once, asked.route, act)
    case 'answered':
      await refuseWhoLostIt(asked)
      return { ...begun.answer, headers: { ...begun.answer.headers, 'Idempotency-Replayed': 'true' } }
    case 'under-way':
      throw new Problem(
        409,
        'The first request with this Idempotency-Key is under way. Ask again in a moment.',
        {
          headers: { 'Retry-After': '1' },
        },
      )
    case 'interrupted':
      throw new Problem(
        409,
        `The first request with this Idempotency-Key began over ${UNDER_WAY_SECONDS} seconds ago and was interrupted. Look whether it took effect; it is not done again with this key.`,
      )
    case 'another':
      throw new Problem(422, 'This Idempotency-Key was used for another request. Choose a new one.')
  }
}

/** Whatever the token holds: its person may have lost the right meanwhile, or its app the place. */
async function refuseWhoLostIt({
  caller: { actor },
  route: { creates, needs },
  ids,
}: {
  caller: Caller
  route: Route
  ids: Record<string, string>
}): Promise<void> {
  if (!creates || needs === null) throw new Error('A route that makes something says what it needs.')
  await askAgain((tx) => creates.again(tx, { actor, ids }, needs))
}

async function first(once: Once, route: Route, act: () => Promise<KeptAnswer>): Promise<KeptAnswer> {
  let answer: KeptAnswer
  try {
    answer = await act()
  } catch (thrown) {
    // After anything else than a "no", nobody knows: the key stays taken.
    if (isRefusal(thrown) || thrown instanceof Problem) await letGo(once)
    throw thrown
  }
  await keepAnswer(once, withoutSecrets(answer, route)).catch((error: unknown) => {
    log().error({ err: error }, 'An answer was not kept: the same request again will be refused')
  })
  return answer
}

/** A secret is answered once and kept nowhere, so that a day later nobody reads it here: not whoever asks again, nor an administrator of ours. */
function withoutSecrets(answer: KeptAnswer, { showsOnce = [] }: Route): KeptAnswer {
  if (showsOnce.length === 0) return answer
  const body = { ...JSON.parse(answer.body), ...Object.fromEntries(showsOnce.map((name) => [name, null])) }
  return { ...answer, body: JSON.stringify(body) }
}

/** The key that was sent; quoted, as the draft has it, or bare, as most send it. Undefined: none was. */
export function keyOf(request: Request): string | undefined {
  const header = request.headers.get('idempotency-key')
  if (header === null) return undefined
  const key = /^\s*"?([\x21\x23-\x5b\x5d-\x7e]+)"?\s*$/.exec(header)?.[1]
  if (key && key.length <= IDEMPOTENCY_KEY_LENGTH_MAX) return key
  throw new Problem(
    400,
    `An Idempotency-Key is a word of at most ${IDEMPOTENCY_KEY_LENGTH_MAX} characters, such as a UUID.`,
  )
}
