import type { z } from 'zod'
import type { IdKind } from '../../base/ids.ts'
import type { RefusalCode } from '../../base/refusal.ts'
import type { Actor } from '../../domain/permissions/actor.ts'
import type { Permission } from '../../domain/permissions/catalogue.ts'
import type { Again } from './again.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One request as a route sees it: who asks, what the path named, and what was sent. */
export type Call<Query = Record<string, unknown>, Body = Record<string, unknown>> = {
  actor: Actor
  /** Who asks by then, for what goes on after the answer began: the token is read anew, and refused where it ended. */
  actorNow: () => Promise<Actor>
  /** The ids of the path, well-formed. */
  ids: Record<string, string>
  /** What was asked for in the query, read by the route's schema. */
  query: Query
  /** The JSON object that was sent, as it came: the verb reads it by its own schema. Empty where none is. */
  body: Body
  /** The version in `If-Match`, if it was sent. */
  ifMatch: number | undefined
  /** By what name the caller is counted. */
  callerName: string
  /** Whether a stream goes on that was lost (`Last-Event-ID`). */
  isComingBack: boolean
}

export type Answer<Body = unknown> = {
  body?: Body
  headers?: Record<string, string>
  /** In place of a body: text that is made as it is taken. */
  file?: { type: string; stream: ReadableStream<Uint8Array> }
}

type Nothing = z.ZodObject<Record<never, never>>

/** One address with one method: what it does and for whom, what it takes and answers, and the verb or query behind it. */
export type Route<
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Shape extends z.ZodType = z.ZodType,
> = {
  method: Method
  /** Nouns, with ids in braces by kind: `/organizations/{organization}/scopes`. */
  path: string
  /** What generated clients call it: the verb or query behind it. */
  operation: string
  /** One sentence: what it does. */
  summary: string
  /** What else somebody who writes a script should know. */
  more?: string
  /** What the caller must be permitted (and an app's token hold the scope of); null: whoever is signed in. */
  needs: Permission | null
  /** What it reads from the query; any other name is refused. A list with a `cursor` goes on page by page. */
  query?: Query
  /** What it takes: the verb's own schema, without what the path names. */
  body?: Body
  /** Each of these does as well. */
  orNeeds?: readonly Permission[]
  /** What parts of it need besides, asked where they are changed. */
  alsoNeeds?: readonly Permission[]
  /** The media types of the file it answers, in place of JSON. */
  files?: readonly string[]
  /** What it answers; absent: 204 and nothing. */
  answer?: Shape
  /** Makes something new: 201, and once per `Idempotency-Key`; `again` is asked before a kept answer is shown once more. */
  creates?: { again: Again }
  /** Members of the answer that hold secrets: answered once, and kept for no second request with the same key (null there). */
  showsOnce?: readonly string[]
  /** What it shows or saves has a version: an `ETag`, and `If-Match` to save. */
  isVersioned?: true
  /** Which refusals it knows beside those that every route does (`invalid`, `unauthenticated`, `forbidden`, `not-found`). */
  refuses?: readonly RefusalCode[]
  run(call: Call<z.output<Query>, z.input<Body>>): Promise<Answer<z.output<Shape>>>
}

/** Writes a route down, so that its `run` knows the types of what it takes and has to answer. */
export function route<
  Query extends z.ZodObject = Nothing,
  Body extends z.ZodType = Nothing,
  Shape extends z.ZodType = z.ZodUndefined,
>(one: Route<Query, Body, Shape>): Route {
  return one as unknown as Route
}

/** What a route answers when all went well. */
export function statusOf(route: Route): 200 | 201 | 204 {
  if (route.creates) return 201
  return route.answer || route.files ? 200 : 204
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
  environment: 'environment',
  app: 'app',
  secret: 'secret',
  authorization: 'authorization',
  request: 'approvalRequest',
  rotation: 'bulkRotation',
  removal: 'removal',
  key: 'appKey',
  user: 'user',
  invitation: 'invitation',
  group: 'group',
  api: 'api',
  event: 'event',
  family: 'tokenFamily',
}
