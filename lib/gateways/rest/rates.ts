import { networkOf } from '../../base/network.ts'
import { type Count, countRequest } from '../../domain/api-calls/count-request.ts'
import { RATE_WINDOW_SECONDS } from '../../domain/api-calls/schema.ts'
import { type Authentication, type Caller, callerOf, strangerAtHand } from './caller.ts'
import { Problem } from './problem.ts'

/**
 * Who is asking, counted: every answer tells in `told` how many requests they have left (draft-ietf-httpapi-ratelimit-headers),
 * and one too many is refused. A request of nobody counts against its address.
 */
export async function countedCaller(
  request: Request,
  authentication: Authentication,
  told: Headers,
): Promise<Caller> {
  let caller: Caller
  try {
    caller = await callerOf(request, authentication)
  } catch (thrown) {
    const address = strangerAtHand()
    if (address && thrown instanceof Problem && thrown.status === 401)
      tell(await countRequest('stranger', networkOf(address)), told)
    throw thrown
  }
  tell(await countRequest(caller.rate, caller.name), told)
  return caller
}

function tell({ rate, limit, left, resetSeconds, isOver }: Count, told: Headers): void {
  told.set('RateLimit-Policy', `"${rate}";q=${limit};w=${RATE_WINDOW_SECONDS}`)
  told.set('RateLimit', `"${rate}";r=${left};t=${resetSeconds}`)
  if (!isOver) return
  const sentence = `These are too many requests: ${limit.toLocaleString('en')} a minute are yours. Go on in ${resetSeconds} seconds.`
  throw new Problem(429, sentence, { headers: { 'Retry-After': String(resetSeconds) } })
}
