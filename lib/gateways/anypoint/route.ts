import type { Actor } from '../../domain/permissions/actor.ts'
import { AnypointProblem } from './problem.ts'

/** One request as a route sees it. What the path names is not judged yet. */
export type Call = {
  actor: Actor
  named: Record<string, string>
  query: URLSearchParams
  body: Record<string, unknown>
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

/** Rows of a list from `offset` on; where none is given, from the first. */
export type Slice = { offset: number; limit: number }

/** As many as a script gets that does not say how many it wants. */
export const ROWS_DEFAULT = 100
/** More at once would keep others waiting; there is a next `offset`. */
export const ROWS_MAX = 500

export function sliceOf({ query }: Call): Slice {
  return {
    offset: whole(query, 'offset', 0, 1_000_000),
    limit: Math.min(whole(query, 'limit', ROWS_DEFAULT, 1_000_000), ROWS_MAX),
  }
}

function whole(query: URLSearchParams, name: string, otherwise: number, max: number): number {
  const given = query.get(name)
  if (given === null || given === '') return otherwise
  if (/^\d{1,7}$/.test(given) && Number(given) <= max) return Number(given)
  throw new AnypointProblem(400, `${name} is a whole number.`)
}

/** `true` or `false` in the query; left out is false. */
export function isYes({ query }: Call, name: string): boolean {
  const given = query.get(name) ?? 'false'
  if (given === 'true' || given === 'false') return given === 'true'
  throw new AnypointProblem(400, `${name} is true or false.`)
}
