import type { ServerResponse } from 'node:http'

const HEALTH = /^\/api\/health(\/ready)?\/?(\?|$)/

/**
 * Answers a health question, or returns false. `/api/health`: the process lives. `/api/health/ready`: it has begun and its
 * database answers. They say nothing else, need no host name and touch neither Next nor the product.
 */
export function answerHealth(
  url: string | undefined,
  response: ServerResponse,
  isReady: () => boolean,
): boolean {
  const asked = HEALTH.exec(url ?? '')
  if (!asked) return false
  const isFine = !asked[1] || isReady()
  response.writeHead(isFine ? 200 : 503, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify({ status: isFine ? 'ok' : 'unavailable' }))
  return true
}
