import ipaddr from 'ipaddr.js'

/**
 * A network in its one form (RFC 4632 §3.1, RFC 4291 §2.3): `203.0.113.0/24`, with nothing behind the prefix. An address
 * alone is the network of just that one. Undefined for what is neither.
 */
export function networkIn(text: string): string | undefined {
  const [, address = '', prefix] = /^([\da-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text.trim()) ?? []
  if (!isAddress(address)) return undefined
  const parsed = ipaddr.parse(address)
  // An IPv4 address in an IPv6 one (RFC 4291 §2.5.5.2): whoever comes from it is seen as IPv4.
  if (parsed.kind() === 'ipv6' && (parsed as ipaddr.IPv6).isIPv4MappedAddress()) return undefined
  const bits = parsed.kind() === 'ipv4' ? 32 : 128
  const length = prefix === undefined ? bits : Number(prefix)
  if (length > bits) return undefined
  const Kind = parsed.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6
  return `${Kind.networkAddressFromCIDR(`${parsed}/${length}`)}/${length}`
}

/** Whether this is an IP address as people write it, of either kind. */
export function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || (ipaddr.IPv6.isValid(text) && !text.includes('%'))
}

/** Whether an address is in one of these networks. What is no address is in none. */
export function isWithin(address: string | undefined, networks: readonly string[]): boolean {
  if (address === undefined || !ipaddr.isValid(address)) return false
  const one = ipaddr.process(address)
  return networks.some((network) => {
    const [base, length] = ipaddr.parseCIDR(network)
    return base.kind() === one.kind() && one.match(base, length)
  })
}
