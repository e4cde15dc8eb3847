import { requestIfAny } from './request-context.ts'

/** Longer than any browser's; what is longer tells nobody anything. */
const USER_AGENT_MAX = 300

/** Where the request at hand came from, as the process noted it before anything could be forged. */
export function visitor(): { ip?: string; userAgent?: string; requestId?: string } {
  const request = requestIfAny()
  return { ip: request?.ip, userAgent: request?.userAgent?.slice(0, USER_AGENT_MAX), requestId: request?.id }
}
