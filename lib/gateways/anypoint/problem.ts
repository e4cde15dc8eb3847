import { refusalIfDatabaseAway } from '../../base/database-away.ts'
import { log } from '../../base/log.ts'
import { UnreadableBody } from '../../base/read-json.ts'
import { isRefusal, type RefusalCode } from '../../base/refusal.ts'
import { visitor } from '../../base/visitor.ts'

/** Scripts written for Anypoint know 400 as the answer to whatever is wrong with a request. */
const STATUS: Record<RefusalCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  expired: 400,
  'limit-reached': 400,
  unavailable: 503,
}

/** A "no" of this gateway itself. */
export class AnypointProblem extends Error {
  readonly status: number
  readonly headers: Record<string, string>

  constructor(status: number, sentence: string, headers: Record<string, string> = {}) {
    super(sentence)
    this.status = status
    this.headers = headers
  }
}

/** `{"status":400,"message":"…"}` for whatever was thrown. What is neither a refusal nor a problem is a bug, and says nothing of itself. */
export function problemResponse(error: unknown): Response {
  const thrown = refusalIfDatabaseAway(error)
  if (thrown instanceof AnypointProblem) return respond(thrown.status, thrown.message, thrown.headers)
  if (thrown instanceof UnreadableBody) return respond(thrown.status, thrown.message)
  if (isRefusal(thrown)) return respond(STATUS[thrown.code], thrown.sentence)
  const { requestId } = visitor()
  log().error({ err: thrown, requestId }, 'A request of the Anypoint shape failed')
  return respond(500, `Something went wrong (request ${requestId ?? 'unknown'}).`)
}

function respond(status: number, message: string, headers: Record<string, string> = {}): Response {
  const challenge: Record<string, string> = status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}
  return Response.json(
    { status, message },
    { status, headers: { 'Cache-Control': 'no-store', ...challenge, ...headers } },
  )
}
