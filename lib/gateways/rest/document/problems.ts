import { z } from 'zod'
import type { ZodOpenApiResponseObject } from 'zod-openapi'
import type { RefusalCode } from '../../../base/refusal.ts'
import { STATUS, TITLES } from '../problem.ts'
import type { Route } from '../route.ts'
import { type HeaderName, headers } from './headers.ts'

const problem = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'A sentence for whoever asked.' }),
    code: z.string().meta({ description: 'A word for programs.', examples: ['not-found'] }),
    fields: z.record(z.string(), z.string()).meta({
      description: 'A sentence for each field that is wrong, by its path.',
      examples: [{ 'redirectUris.0': 'An address has at most 2,000 characters.' }],
    }),
    requestId: z.string().optional().meta({ description: 'Names this request in the log.' }),
  })
  .meta({ id: 'Problem', description: 'Problem details (RFC 9457).' })

const MEANINGS = {
  400: 'Something that was sent is wrong: `detail` says what, `fields` where.',
  401: 'There is no token, or it is good no more.',
  403: 'The caller may not do this.',
  404: 'There is no such thing within the caller’s reach.',
  409: 'It does not fit what is there now; or the first request with this `Idempotency-Key` is under way.',
  410: 'It is too old.',
  412: 'Somebody saved in between: read it again.',
  413: 'The body is longer than 1 MiB.',
  415: 'The body is no JSON.',
  422: 'A limit is reached; or the `Idempotency-Key` was used for another request.',
  428: '`If-Match` is missing.',
  429: 'Too many requests: wait as long as `Retry-After` says.',
  500: 'A bug. The sentence names the request; whoever runs Gatehouse finds it in the log.',
  503: 'Not now: something this needs is away for the moment.',
} as const

export type ProblemStatus = keyof typeof MEANINGS

const WITH: Partial<Record<ProblemStatus, HeaderName[]>> = {
  401: ['WWW-Authenticate'],
  409: ['Retry-After'],
  429: ['Retry-After', 'RateLimit', 'RateLimit-Policy'],
}

const nameOf = (status: ProblemStatus) => (TITLES[status] ?? '').replaceAll(' ', '')

/** What each kind of "no" looks like, by name. */
export const PROBLEM_RESPONSES: Record<string, ZodOpenApiResponseObject> = Object.fromEntries(
  statuses().map((status) => [
    nameOf(status),
    {
      description: MEANINGS[status],
      headers: headers(...(WITH[status] ?? [])),
      content: { 'application/problem+json': { schema: problem } },
    },
  ]),
)

/** The kinds of "no" a route knows, by status. */
export function problemsOf(route: Route) {
  const known = statuses().filter((status) => says(route, status))
  return Object.fromEntries(
    known.map((status) => [status, { $ref: `#/components/responses/${nameOf(status)}` }]),
  )
}

const EVERYWHERE: readonly ProblemStatus[] = [400, 401, 403, 404, 429, 500, 503]

function says(route: Route, status: ProblemStatus): boolean {
  if (EVERYWHERE.includes(status)) return true
  const codes = route.refuses ?? []
  if (codes.some((code: RefusalCode) => STATUS[code] === status)) return true
  const saves = route.isVersioned === true && route.method !== 'GET'
  if (status === 412 || status === 428) return saves
  if (status === 413 || status === 415) return route.body !== undefined
  if (status === 409 || status === 422) return route.creates !== undefined
  return false
}

function statuses(): ProblemStatus[] {
  return Object.keys(MEANINGS).map((status) => Number(status) as ProblemStatus)
}
