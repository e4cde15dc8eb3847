import type { RequestContext } from '#lib/base/request-context'

/** A request of somebody at that address, as the process notes it. */
export function requestFrom(ip: string): RequestContext {
  return { id: 'req_test', ip, nonce: '', formActions: new Set(), lookedUp: new Map() }
}
