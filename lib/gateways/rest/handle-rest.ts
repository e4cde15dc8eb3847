import { isId } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../../domain/permissions/actor.ts'
import { getAbsence } from '../../domain/permissions/get-absence.ts'
import { type Authentication, actorOf } from './actor.ts'
import { Problem, problemResponse } from './problem.ts'
import { readBody } from './read-body.ts'
import { type Answer, ID_KINDS, matchRoute, type Route } from './route.ts'
import { ROUTES } from './routes.ts'

/** Where this API lies. */
export const API_ROOT = '/api/v1'

/** Answers one request to our own API: finds the route, who asks, reads what was sent, and runs it. Never throws. */
export async function handleRest(request: Request, authentication: Authentication): Promise<Response> {
  try {
    return await answer(request, authentication)
  } catch (thrown) {
    return problemResponse(thrown)
  }
}

async function answer(request: Request, authentication: Authentication): Promise<Response> {
  const url = new URL(request.url)
  // Not decoded: every address and id is plain ASCII.
  const path = url.pathname.slice(API_ROOT.length)
  const match = matchRoute(ROUTES, request.method === 'HEAD' ? 'GET' : request.method, path)
  if (!match) throw new Problem(404, 'There is no such address in this API.')
  if ('allow' in match) return refuseMethod(request.method, match.allow)
  const { route, ids } = match
  const actor = await actorOf(request, authentication)
  await refuseMalformed(actor, ids)
  const query = queryOf(url, route)
  const body = request.method === 'GET' || request.method === 'HEAD' ? {} : await readBody(request)
  const ifMatch = versionOf(request.headers.get('if-match'))
  return respond(request.method, route, await route.run({ actor, ids, query, body, ifMatch }))
}

/** What a route answers when all went well. */
export function statusOf(route: Route): 200 | 201 | 204 {
  if (route.creates) return 201
  return route.answer ? 200 : 204
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
  const query: Record<string, string> = {}
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

function respond(method: string, route: Route, { body, headers = {} }: Answer): Response {
  const isEmpty = body === undefined
  return new Response(isEmpty || method === 'HEAD' ? null : JSON.stringify(body), {
    status: statusOf(route),
    headers: {
      ...(isEmpty ? {} : { 'Content-Type': 'application/json' }),
      'Cache-Control': 'no-store',
      Vary: 'Authorization, Cookie',
      ...headers,
    },
  })
}
