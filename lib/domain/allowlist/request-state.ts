import { scopesBeyond } from '../../base/scope-set.ts'
import { redirectHosts } from './redirect-hosts.ts'

/**
 * Where a request stands: `open` to be answered; answered; `listed` meanwhile by another way; too old; over because its app
 * was blocked, or as no approval is needed any more; or its app is gone.
 */
export type RequestState =
  | 'open'
  | 'approved'
  | 'declined'
  | 'withdrawn'
  | 'listed'
  | 'expired'
  | 'blocked'
  | 'not-needed'
  | 'app-gone'

/** How a request came to its end; the last four nobody gave. */
export type RequestAnswer =
  | 'approved'
  | 'declined'
  | 'withdrawn'
  | 'expired'
  | 'blocked'
  | 'not-needed'
  | 'app-deleted'

export type RequestChange = 'name' | 'publisher' | 'redirect-hosts' | 'scopes'

type RequestFacts = {
  scopes: readonly string[]
  answer: RequestAnswer | null
  isExpired: boolean
  entryScopes: readonly string[] | null
  appNameSeen: string
  publisherSeen: string
  redirectHostsSeen: readonly string[]
  app: {
    name: string
    publisher: string
    redirectUris: readonly string[]
    scopes: readonly string[]
    endedAt: Date | null
  }
}

export function requestState(request: RequestFacts): RequestState {
  if (request.app.endedAt || request.answer === 'app-deleted') return 'app-gone'
  if (request.answer) return request.answer
  if (request.isExpired) return 'expired'
  return request.entryScopes && scopesBeyond(request.scopes, request.entryScopes).length === 0
    ? 'listed'
    : 'open'
}

/** What of the app is no longer what people saw when they were blocked. */
export function changedSince(request: RequestFacts): RequestChange[] {
  const { app } = request
  const hosts = redirectHosts(app.redirectUris)
  const changes: [RequestChange, boolean][] = [
    ['name', app.name !== request.appNameSeen],
    ['publisher', app.publisher !== request.publisherSeen],
    ['redirect-hosts', hosts.join() !== [...request.redirectHostsSeen].sort().join()],
    ['scopes', scopesBeyond(request.scopes, app.scopes).length > 0],
  ]
  return changes.flatMap(([change, isThere]) => (isThere ? [change] : []))
}
