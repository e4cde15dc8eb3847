import { refusalIfDatabaseAway } from '../../base/database-away.ts'
import { log } from '../../base/log.ts'
import { isRefusal, type RefusalCode } from '../../base/refusal.ts'
import { visitor } from '../../base/visitor.ts'

export const STATUS: Record<RefusalCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  expired: 410,
  'limit-reached': 422,
  unavailable: 503,
}

const HEADERS: Record<number, Record<string, string>> = {
  401: { 'WWW-Authenticate': 'Bearer' },
  503: { 'Retry-After': '5' },
}

export const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

/** A "no" of this gateway itself: about the form of a request, before anyone is asked. */
export class Problem extends Error {
  readonly status: number
  readonly headers: Record<string, string>
  readonly fields: Readonly<Record<string, string>>

  constructor(
    status: number,
    sentence: string,
    given: { headers?: Record<string, string>; fields?: Record<string, string> } = {},
  ) {
    super(sentence)
    this.status = status
    this.headers = given.headers ?? {}
    this.fields = given.fields ?? {}
  }
}

/**
 * Problem details (RFC 9457) for whatever was thrown. Anything that is neither a refusal nor a problem is a bug: it is
 * logged with the request's id, and the answer names nothing else.
 */
export function problemResponse(error: unknown): Response {
  const thrown = refusalIfDatabaseAway(error)
  const { requestId } = visitor()
  if (thrown instanceof Problem) {
    return respond(thrown.status, thrown.message, { fields: thrown.fields, requestId }, thrown.headers)
  }
  if (isRefusal(thrown)) {
    const { code, sentence, fields } = thrown
    const status = STATUS[code]
    return respond(status, sentence, { code, fields, requestId }, HEADERS[status] ?? {})
  }
  log().error({ err: thrown, requestId }, 'A request of the API failed')
  return respond(
    500,
    `Something went wrong (request ${requestId ?? 'unknown'}).`,
    { fields: {}, requestId },
    {},
  )
}

type More = { code?: string; fields: Readonly<Record<string, string>>; requestId?: string }

function respond(status: number, detail: string, more: More, headers: Record<string, string>): Response {
  const title = TITLES[status] ?? 'Error'
  const code = more.code ?? codeOf(status) ?? title.toLowerCase().replaceAll(' ', '-')
  const problem = { type: 'about:blank', title, status, detail, ...more, code }
  return new Response(JSON.stringify(problem), {
    status,
    headers: { ...headers, 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' },
  })
}

/** The same no has the same code, whoever says it. */
function codeOf(status: number): RefusalCode | undefined {
  const codes = Object.keys(STATUS) as RefusalCode[]
  return codes.find((code) => STATUS[code] === status)
}
