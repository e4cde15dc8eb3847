/**
 * What was answered stays in sight: were the next request drawn in its place, a second press would answer it unread.
 */
export function answeredHref(requestId: string, listHref: string): string {
  return `${listHref}${listHref.includes('?') ? '&' : '?'}request=${requestId}`
}
