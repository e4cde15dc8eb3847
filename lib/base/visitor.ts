import { requestIfAny } from './request-context.ts'

/** Where the request at hand came from, as the process noted it before anything could be forged. */
export function visitor(): { ip?: string; userAgent?: string; requestId?: string } {
  const request = requestIfAny()
  return { ip: request?.ip, userAgent: request?.userAgent, requestId: request?.id }
}
