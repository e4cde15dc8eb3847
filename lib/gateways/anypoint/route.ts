import { OFFSET_MAX, SLICE_ROWS_MAX, type Slice } from '../../base/slice.ts'
import type { Actor } from '../../domain/permissions/actor.ts'
import { AnypointProblem } from './problem.ts'

/** One request as a route sees it. What the path names is not judged yet. */
export type Call = {
  actor: Actor
  named: Record<string, string>
  query: URLSearchParams
  body: Record<string, unknown>
  /** `X-ANYPNT-ORG-ID`: the organization that scripts mean where the path names none; null where they send no such header. */
  organizationHeader: string | null
}

export type Answer = { status?: number; body?: unknown }

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/accounts/api`; braces name any one segment. */
  path: string
  run: (call: Call) => Promise<Answer>
}

export type Match = { route: Route; named: Record<string, string> } | { allow: string[] } | null

/** Finds the route of a path. */
export function matchRoute(routes: readonly Route[], method: string, path: string): Match {
  const segments = path.split('/').filter(Boolean)
  const found = routes.flatMap((route) => {
    const named = namesIn(route.path.split('/').filter(Boolean), segments)
    return named ? [{ route, named }] : []
  })
  const exact = found.find(({ route }) => route.method === method)
  if (exact) return exact
  return found.length > 0 ? { allow: found.map(({ route }) => route.method) } : null
}

function namesIn(parts: readonly string[], segments: readonly string[]): Record<string, string> | null {
  if (parts.length !== segments.length) return null
  const named: Record<string, string> = {}
  for (const [at, part] of parts.entries()) {
    const segment = segments[at] ?? ''
    if (part.startsWith('{')) named[part.slice(1, -1)] = segment
    else if (part !== segment) return null
  }
  return named
}

/** As many as a script gets that does not say how many it wants. */
const ROWS_DEFAULT = 100

/** The rows a script asks for; where it says nothing, from the first. More than there may be at once are fewer. */
export function sliceOf({ query }: Call): Slice {
  const offset = whole(query, 'offset', 0)
  if (offset > OFFSET_MAX)
    throw new AnypointProblem(
      400,
      `offset goes to ${OFFSET_MAX.toLocaleString('en')}. Beyond, use search, or our own API, whose lists go on by a cursor.`,
    )
  return {
    offset,
    limit: Math.min(whole(query, 'limit', ROWS_DEFAULT), SLICE_ROWS_MAX),
  }
}

function whole(query: URLSearchParams, name: string, otherwise: number): number {
  const given = query.get(name)
  if (given === null || given === '') return otherwise
  if (/^\d{1,7}$/.test(given)) return Number(given)
  throw new AnypointProblem(400, `${name} is a whole number.`)
}

/** `true` or `false` in the query; left out is false. */
export function isYes({ query }: Call, name: string): boolean {
  const given = query.get(name) ?? 'false'
  if (given === 'true' || given === 'false') return given === 'true'
  throw new AnypointProblem(400, `${name} is true or false.`)
}
