const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

export type Misdirection = { status: 307; location: string } | { status: 421; sentence: string }

/**
 * While Gatehouse is reached at this machine's own name only, a request that names another host is either a person who typed
 * another name of the machine (sent on, so that cookies and origins agree) or a stranger's page that made its own name
 * point here (refused). Behind a public name the proxy decides what arrives, and nothing is said.
 */
export function misdirection(
  request: { method?: string | undefined; url?: string | undefined; host: string | undefined },
  publicUrl: URL,
): Misdirection | undefined {
  if (!LOOPBACK.test(publicUrl.hostname) || request.host === undefined || request.host === publicUrl.host)
    return
  const asked = URL.canParse(`http://${request.host}`) ? new URL(`http://${request.host}`) : undefined
  const isReading = request.method === 'GET' || request.method === 'HEAD'
  const isPath = request.url?.startsWith('/') && !request.url.startsWith('//')
  if (asked && isReading && isPath && LOOPBACK.test(asked.hostname)) {
    return { status: 307, location: `${publicUrl.origin}${request.url}` }
  }
  return {
    status: 421,
    sentence: `Gatehouse is reached at ${publicUrl.origin} here. To reach it at another name, set PUBLIC_URL to it.`,
  }
}
