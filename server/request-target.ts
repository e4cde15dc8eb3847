/** Segments that begin with no dot and spell nothing in percent signs: in its plain form already. */
const PLAIN = /^(\/[\w~-][\w.~-]*)+$/

/** A request's target in its plain form: path and query, and the host it named if it was a whole address. */
export type RequestTarget = { url: string; host?: string }

/**
 * Brings what a request asks for into one form before anyone decides by it: dot segments are resolved, so that no path
 * passes for another one's on the way in, and a whole address (RFC 9112 §3.2.2) becomes its path and host. Undefined for
 * what is no address: an asterisk, a fragment, percent signs that spell no text.
 */
export function requestTarget(asked: string | undefined): RequestTarget | undefined {
  if (!asked || asked.includes('#')) return undefined
  if (PLAIN.test(asked)) return { url: asked }
  const whole = /^https?:\/\/([^/?]+)/i.exec(asked)
  const rest = whole ? asked.slice(whole[0].length) : asked
  const target = whole && !rest.startsWith('/') ? `/${rest}` : rest
  if (!target.startsWith('/')) return undefined
  const queryAt = target.indexOf('?')
  const query = queryAt < 0 ? '' : target.slice(queryAt)
  const path = plainPath(queryAt < 0 ? target : target.slice(0, queryAt))
  return path === undefined ? undefined : { url: path + query, ...(whole?.[1] && { host: whole[1] }) }
}

function plainPath(path: string): string | undefined {
  try {
    decodeURIComponent(path)
  } catch {
    return undefined
  }
  return URL.parse(`http://localhost${path}`)?.pathname
}
