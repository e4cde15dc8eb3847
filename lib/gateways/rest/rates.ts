import { isRefusal } from '../../base/refusal.ts'
import type { Caller } from '../../domain/api-calls/caller.ts'
import {
  type Count,
  countRequest,
  rateHeaders,
  tooManyRequests,
} from '../../domain/api-calls/count-request.ts'
import { countStranger } from '../../domain/api-calls/count-stranger.ts'
import { type Authentication, callerOf } from './caller.ts'
import { Problem } from './problem.ts'

/**
 * Who is asking, counted: every answer tells in `told` how many requests they have left, and one too many is refused. A
 * request of nobody counts against its address.
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
    // Of nobody, or of an app that comes from outside of its networks.
    if (isRefusal(thrown) || (thrown instanceof Problem && thrown.status === 401))
      tell(await countStranger(), told)
    throw thrown
  }
  tell(await countRequest(caller.rate, caller.name), told)
  return caller
}

function tell(count: Count | null, told: Headers): void {
  if (!count) return
  for (const [name, value] of Object.entries(rateHeaders(count))) told.set(name, value)
  if (count.isOver) throw new Problem(429, tooManyRequests(count))
}
