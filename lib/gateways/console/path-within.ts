import { environment } from '../../base/env.ts'

/** Where to go on, given by a link: only a path of our own origin; anything else becomes null. */
export function pathWithin(returnTo: unknown): string | null {
  if (typeof returnTo !== 'string' || !returnTo.startsWith('/') || returnTo.length > 2000) return null
  const origin = environment().publicUrl
  const url = URL.canParse(returnTo, origin) ? new URL(returnTo, origin) : null
  if (!url || url.origin !== origin) return null
  // A path that begins with two slashes or a backslash would be read as another host when sent on.
  const path = `${url.pathname}${url.search}${url.hash}`
  return /^\/(?![/\\])/.test(path) ? path : null
}
