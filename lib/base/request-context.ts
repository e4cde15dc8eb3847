import { AsyncLocalStorage } from 'node:async_hooks'
import { formActionSource } from './form-action.ts'

/** What the process knows of the request at hand. Nothing here can be forged by a header. */
export type RequestContext = {
  /** Names the request in the log and to the person who meets a bug. */
  id: string
  /** The caller's address: the peer's, or what a trusted proxy says. */
  ip: string
  /** What the caller's program calls itself, cut to length: kept beside sessions and authorizations for people to recognize. */
  userAgent?: string | undefined
  /** What was asked for, with its query. Never log it: queries carry codes and states. */
  path?: string | undefined
  /** The nonce that inline scripts and styles of this response must carry. */
  nonce: string
  /** Where forms of this page may post to besides ourselves: origins, or schemes with their colon. */
  formActions: Set<string>
  /** What was already looked up for this request, by a key of whoever looked. */
  lookedUp: Map<symbol, unknown>
  /** Whether the database went away under it: that it failed is then no bug. */
  isDatabaseAway?: boolean
}

/** Native Node and Next's bundle each load this file: both see the same request. */
const shared = globalThis as typeof globalThis & { gatehouseRequests?: AsyncLocalStorage<RequestContext> }

/** The request at hand; throws outside of one. */
export function currentRequest(): RequestContext {
  const context = storage().getStore()
  if (!context) throw new Error('There is no request at hand.')
  return context
}

/** The request at hand, or undefined in a job, a script or a test. */
export function requestIfAny(): RequestContext | undefined {
  return storage().getStore()
}

/** Runs `work` as part of a request. */
export function withinRequest<T>(context: RequestContext, work: () => T): T {
  return storage().run(context, work)
}

/** Runs `work` as a later part of the request at hand, if there is one: what was looked up for it before is looked up anew. */
export function lookingAnew<T>(work: () => T): T {
  const context = storage().getStore()
  return context ? storage().run({ ...context, lookedUp: new Map() }, work) : work()
}

/**
 * Lets a form of this page lead on to an app: browsers hold redirects that follow a post against `form-action` too.
 * Call it while the page is being rendered, before anything is sent.
 */
export function allowFormAction(redirectUri: string): void {
  const source = formActionSource(redirectUri)
  if (source) currentRequest().formActions.add(source)
}

function storage(): AsyncLocalStorage<RequestContext> {
  shared.gatehouseRequests ??= new AsyncLocalStorage()
  return shared.gatehouseRequests
}
