import type { IncomingMessage } from 'node:http'
import { type BlockList, isIP } from 'node:net'

/** Headers that say who called, or that only Next itself may say: worth nothing from a caller. */
const DROPPED =
  /^(x-forwarded(-.*)?|forwarded|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip|x-original-.*|x-rewrite-url|x-http-method-override|x-middleware-.*|x-invoke-.*|x-matched-path|x-now-route-matches|x-vercel-.*|x-prerender-.*|x-next-resume-state-length|next-resume|x-request-id|x-nonce|content-security-policy)$/

export type Normalized = { ip: string; id: string | undefined }

/**
 * Makes a request say only what is true, once, before anything reads it: host and protocol are those of the public URL,
 * the caller's address is the peer's unless the peer is a trusted proxy. Returns that address, and the proxy's request id.
 */
export function normalizeRequest(
  request: IncomingMessage,
  publicUrl: URL,
  trustedProxies: BlockList,
): Normalized {
  const { headers } = request
  const peer = plainAddress(request.socket.remoteAddress ?? '')
  const isTrusted = isIn(trustedProxies, peer)
  const ip = isTrusted ? addressBehind(peer, headers['x-forwarded-for'], trustedProxies) : peer
  const id = isTrusted ? knownId(headers['x-request-id']) : undefined
  for (const name of Object.keys(headers)) if (DROPPED.test(name)) delete headers[name]
  headers.host = publicUrl.host
  headers['x-forwarded-host'] = publicUrl.host
  headers['x-forwarded-proto'] = publicUrl.protocol.slice(0, -1)
  headers['x-forwarded-for'] = ip
  return { ip, id }
}

/** Reads the chain from its end: each trusted proxy vouches for the address before it, and for no other. */
function addressBehind(peer: string, chain: string | string[] | undefined, trusted: BlockList): string {
  let address = peer
  for (const said of String(chain ?? '')
    .split(',')
    .reverse()) {
    const claimed = plainAddress(said.trim())
    if (!isIP(claimed)) return address
    address = claimed
    if (!isIn(trusted, address)) return address
  }
  return address
}

function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
}

function isIn(list: BlockList, address: string): boolean {
  const version = isIP(address)
  return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6')
}

function knownId(id: string | string[] | undefined): string | undefined {
  return typeof id === 'string' && /^[\w-]{8,64}$/.test(id) ? id : undefined
}
