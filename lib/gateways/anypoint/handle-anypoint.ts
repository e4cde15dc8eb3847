import { readJson } from '../../base/read-json.ts'
import { isRefusal } from '../../base/refusal.ts'
import { type Caller, callerWithToken } from '../../domain/api-calls/caller.ts'
import {
  type Count,
  countRequest,
  rateHeaders,
  tooManyRequests,
} from '../../domain/api-calls/count-request.ts'
import { countStranger } from '../../domain/api-calls/count-stranger.ts'
import type { Actor } from '../../domain/permissions/actor.ts'
import { readBearerToken } from '../oauth/read-bearer.ts'
import { logIn } from './log-in.ts'
import { AnypointProblem, problemResponse } from './problem.ts'
import { type Answer, matchRoute } from './route.ts'
import { ROUTES } from './routes.ts'

/** Where it lies. What is below `v2/oauth2` is the authorization server's, and never comes here. */
const ANYPOINT_ROOT = '/accounts/api'
const LOGIN_PATH = '/accounts/login'

export type Audience = {
  /** What tokens for our own API name as their audience, if they name one. */
  audience: string
}

/**
 * Answers one request in the shape that scripts written for Anypoint speak, by the very verbs of the console. Bearer tokens
 * only: cookies are never read here. Never throws.
 */
export async function handleAnypoint(request: Request, audience: Audience): Promise<Response> {
  const told = new Headers()
  const response = await answer(request, audience, told).catch(problemResponse)
  for (const [name, value] of told) response.headers.set(name, value)
  return response
}

async function answer(request: Request, { audience }: Audience, told: Headers): Promise<Response> {
  const url = new URL(request.url)
  const { method } = request
  if (url.pathname === LOGIN_PATH) return respond(method, await logIn(request))
  const path = url.pathname.slice(ANYPOINT_ROOT.length)
  const match = url.pathname.startsWith(`${ANYPOINT_ROOT}/`)
    ? matchRoute(ROUTES, method === 'HEAD' ? 'GET' : method, path)
    : null
  if (!match) throw new AnypointProblem(404, 'There is no such address in this API.')
  if ('allow' in match) {
    const allow = match.allow.join(', ')
    throw new AnypointProblem(405, `This address takes ${allow}.`, { Allow: allow })
  }
  const { actor } = await countedCaller(request, audience, told)
  const body = method === 'GET' || method === 'HEAD' ? {} : await readJson(request)
  const organizationHeader = request.headers.get('x-anypnt-org-id')
  const call = { actor, named: match.named, query: url.searchParams, body, organizationHeader }
  return respond(method, await match.route.run(call))
}

async function countedCaller(request: Request, audience: string, told: Headers): Promise<Caller> {
  const actor = await bearerOf(request, audience).catch(async (thrown: unknown) => {
    // An app that comes from outside of its networks.
    if (isRefusal(thrown)) tell(await countStranger(), told)
    throw thrown
  })
  if (!actor) {
    tell(await countStranger(), told)
    throw new AnypointProblem(401, 'Send a live token as “Authorization: Bearer …”.')
  }
  const caller = callerWithToken(actor)
  tell(await countRequest(caller.rate, caller.name), told)
  return caller
}

async function bearerOf(request: Request, audience: string): Promise<Actor | null> {
  const token = /^Bearer +([\w.~+/-]+=*) *$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  return token ? readBearerToken(token, { audience }) : null
}

function tell(count: Count | null, told: Headers): void {
  if (!count) return
  for (const [name, value] of Object.entries(rateHeaders(count))) told.set(name, value)
  if (count.isOver) throw new AnypointProblem(429, tooManyRequests(count))
}

function respond(method: string, { status = 200, body }: Answer): Response {
  const headers = { 'Cache-Control': 'no-store', Vary: 'Authorization' }
  if (body === undefined) return new Response(null, { status: 204, headers })
  return method === 'HEAD'
    ? new Response(null, { status, headers: { ...headers, 'Content-Type': 'application/json' } })
    : Response.json(body, { status, headers })
}
