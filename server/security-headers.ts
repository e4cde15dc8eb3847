import type { ServerResponse } from 'node:http'

const YEARS_TWO_SECONDS = 63_072_000

/** Sets on every answer what holds for all of them. Whoever is linked to, ourselves too, learns our origin, never a path or what a link held. */
export function setSecurityHeaders(response: ServerResponse, isHttps: boolean): void {
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('X-Frame-Options', 'DENY')
  response.setHeader('Referrer-Policy', 'strict-origin')
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()')
  if (isHttps) response.setHeader('Strict-Transport-Security', `max-age=${YEARS_TWO_SECONDS}`)
}

/**
 * The content security policy of a page: scripts and styles only with the request's nonce, nothing from elsewhere, no framing.
 * `formActions` are the apps that a form of this page may lead on to. Development needs `eval` and a web socket.
 */
export function contentSecurityPolicy(of: {
  nonce: string
  formActions: Iterable<string>
  isHttps: boolean
  isDevelopment: boolean
}): string {
  const development = of.isDevelopment
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${of.nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${of.nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    ['form-action', "'self'", ...of.formActions].join(' '),
    "frame-ancestors 'none'",
    ...(of.isHttps ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}
