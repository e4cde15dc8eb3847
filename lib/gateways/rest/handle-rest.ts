import { isId } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import type { KeptAnswer } from '../../domain/api-calls/once.ts'
import type { Actor } from '../../domain/permissions/actor.ts'
import { getAbsence } from '../../domain/permissions/get-absence.ts'
import { API_ROOT } from './api-root.ts'
import { type Authentication, callerNow } from './caller.ts'
import { DOCUMENT_PATH, documentResponse } from './document/serve.ts'
import { answerOnce, keyOf } from './once.ts'
import { Problem, problemResponse } from './problem.ts'
import { countedCaller } from './rates.ts'
import { readBody } from './read-body.ts'
import { type Answer, type Call, ID_KINDS, matchRoute, type Route, statusOf } from './route.ts'
import { ROUTES } from './routes.ts'

/** Answers one request to our own API: finds the route, who asks, reads what was sent, and runs it. Never throws. */
export async function handleRest(request: Request, authentication: Authentication): Promise<Response> {
  // What every answer says, a "no" as well.
  const told = new Headers()
  const response = await answer(request, authentication, told).catch(problemResponse)
  for (const [name, value] of told) response.headers.set(name, value)
  return response
}

async function answer(request: Request, authentication: Authentication, told: Headers): Promise<Response> {
  const url = new URL(request.url)
  // Not decoded: every address and id is plain ASCII.
  const path = url.pathname.slice(API_ROOT.length)
  const isReading = request.method === 'GET' || request.method === 'HEAD'
  if (path === DOCUMENT_PATH && isReading) return documentResponse(request)
  const match = matchRoute(ROUTES, request.method === 'HEAD' ? 'GET' : request.method, path)
  if (!match) throw new Problem(404, 'There is no such address in this API.')
  if ('allow' in match) return refuseMethod(request.method, match.allow)
  const { route, ids } = match
  const caller = await countedCaller(request, authentication, told)
  const { actor } = caller
  await refuseMalformed(actor, ids)
  const query = queryOf(url, route)
  const body = isReading ? {} : await readBody(request)
  const ifMatch = versionOf(request.headers.get('if-match'))
  const actorNow = () => callerNow(request, authentication, actor)
  const isComingBack = request.headers.has('last-event-id')
  const call = { actor, actorNow, callerName: caller.name, ids, query, body, ifMatch, isComingBack }
  if (route.files) return fileResponse(request.method, await route.run(call))
  const act = () => run(route, call, url)
  const key = route.creates ? keyOf(request) : undefined
  if (key === undefined) return respond(request.method, await act())
  const asked = `${request.method} ${url.pathname}${url.search} ${JSON.stringify(body)}`
  const once = { caller, route, ids, key, request: asked }
  return respond(request.method, await answerOnce(once, act))
}

async function run(route: Route, call: Call, url: URL): Promise<KeptAnswer> {
  const answer = await route.run(call)
  const headers = { ...linkToNext(answer, url), ...answer.headers }
  return {
    status: statusOf(route),
    headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
    body: answer.body === undefined ? '' : JSON.stringify(answer.body),
  }
}

async function fileResponse(method: string, { file, headers }: Answer): Promise<Response> {
  if (!file) throw new Error('A route that answers files answers one.')
  if (method === 'HEAD') await file.stream.cancel()
  return new Response(method === 'HEAD' ? null : file.stream, {
    headers: {
      'Content-Type': file.type,
      'Cache-Control': 'no-store',
      Vary: 'Authorization, Cookie',
      ...headers,
    },
  })
}

/** Where a list goes on (RFC 8288). */
function linkToNext({ body }: Answer, url: URL): Record<string, string> {
  const next = typeof body === 'object' && body !== null && 'next' in body ? body.next : null
  if (typeof next !== 'string') return {}
  const query = new URLSearchParams(url.search)
  query.set('cursor', next)
  return { Link: `<${url.pathname}?${query}>; rel="next"` }
}

function refuseMethod(method: string, allowed: readonly string[]): Response {
  const allow = [
    ...new Set(allowed.flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : one))),
    'OPTIONS',
  ].join(', ')
  if (method === 'OPTIONS') return new Response(null, { status: 204, headers: { Allow: allow } })
  throw new Problem(405, `This address takes ${allow}.`, { headers: { Allow: allow } })
}

async function refuseMalformed(actor: Actor, ids: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(ids)) {
    const kind = ID_KINDS[name]
    if (!kind || !isId(kind, value)) throw await getAbsence(actor)
  }
}

function queryOf(url: URL, route: Route): Record<string, unknown> {
  const query: Record<string, unknown> = {}
  for (const [name, value] of url.searchParams) {
    if (!Object.hasOwn(route.query?.shape ?? {}, name))
      throw new Problem(400, `There is no filter named ${name} here.`)
    if (name in query) throw new Problem(400, `${name} was given twice.`)
    if (value.includes('\0')) throw new Problem(400, `${name} holds a character that no text has (U+0000).`)
    query[name] = value
  }
  return route.query ? parse(route.query, query) : {}
}

function versionOf(ifMatch: string | null): number | undefined {
  if (ifMatch === null) return undefined
  const version = /^"(\d{1,9})"$/.exec(ifMatch.trim())?.[1]
  if (!version) throw new Problem(400, 'If-Match takes one entity tag, as the ETag of the app was.')
  return Number(version)
}

function respond(method: string, { status, headers, body }: KeptAnswer): Response {
  const isEmpty = body === ''
  return new Response(isEmpty || method === 'HEAD' ? null : body, {
    status: isEmpty ? 204 : status,
    headers: {
      ...(isEmpty ? {} : { 'Content-Type': 'application/json' }),
      'Cache-Control': 'no-store',
      Vary: 'Authorization, Cookie',
      ...headers,
    },
  })
}
