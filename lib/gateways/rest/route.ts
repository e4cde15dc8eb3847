import type { IdKind } from '../../base/ids.ts'
import type { Actor } from '../../domain/permissions/actor.ts'
import { Problem } from './problem.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One request as a route sees it: who asks, what the path named, and what was sent. Nothing of it is judged yet but its form. */
export type Call = {
  actor: Actor
  /** The ids of the path, well-formed. */
  ids: Record<string, string>
  query: Record<string, string>
  /** The JSON object that was sent; empty where none is. */
  body: Record<string, unknown>
  /** The version in `If-Match`, if it was sent. */
  ifMatch: number | undefined
}

export type Answer = { status?: number; body?: unknown; headers?: Record<string, string> }

export type Route = {
  method: Method
  /** Nouns, with ids in braces by kind: `/organizations/{organization}/scopes`. */
  path: string
  /** The names this route reads from the query; any other is refused. */
  query?: readonly string[]
  run: (call: Call) => Promise<Answer>
}

export type Match =
  | { route: Route; ids: Record<string, string> }
  /** The path is there, for these methods. */
  | { allow: Method[] }
  | null

/** Finds the route of a path (below `/api/v1`), by its segments; braces take any one segment. */
export function matchRoute(routes: readonly Route[], method: string, path: string): Match {
  const segments = path.split('/').filter(Boolean)
  const found = routes.flatMap((route) => {
    const ids = idsOf(route.path, segments)
    return ids ? [{ route, ids }] : []
  })
  const exact = found.find(({ route }) => route.method === method)
  if (exact) return exact
  return found.length > 0 ? { allow: found.map(({ route }) => route.method) } : null
}

function idsOf(pattern: string, segments: readonly string[]): Record<string, string> | null {
  const parts = pattern.split('/').filter(Boolean)
  if (parts.length !== segments.length) return null
  const ids: Record<string, string> = {}
  for (const [at, part] of parts.entries()) {
    const segment = segments[at] ?? ''
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (name) ids[name] = segment
    else if (part !== segment) return null
  }
  return ids
}

/** The kinds of id that paths name, as they stand in braces. */
export const ID_KINDS: Record<string, IdKind> = {
  organization: 'organization',
  app: 'app',
  secret: 'secret',
  authorization: 'authorization',
  request: 'approvalRequest',
}

/** A choice in the query: `true`, or `false` like when it is left out. Refuses anything else, which would be misread. */
export function isYes(call: Call, name: string): boolean {
  return yesOrNo(call, name) ?? false
}

/** A choice in the query that may be left open. Refuses what is neither `true` nor `false`. */
export function yesOrNo({ query }: Call, name: string): boolean | undefined {
  const given = query[name]
  if (given === undefined) return undefined
  if (given === 'true' || given === 'false') return given === 'true'
  throw new Problem(400, `${name} is true or false.`)
}
