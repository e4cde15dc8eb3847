import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Network = [base: Address, length: number]

/**
 * A network in its one form (RFC 4632 §3.1, RFC 4291 §2.3): `203.0.113.0/24`, with nothing behind the prefix. An address
 * alone is the network of just that one. Undefined for what is neither, and for an IPv4 address in the clothes of an IPv6 one: whoever
 * comes from it is seen as IPv4.
 */
export function networkIn(text: string): string | undefined {
  const [, written = '', prefix] = /^([\da-f.:]+)(?:\/(0|[1-9]\d{0,2}))?$/i.exec(text.trim()) ?? []
  const address = written.includes(':') && written.includes('.') ? undefined : addressIn(written)
  if (!address || (written.includes(':') && address.kind() === 'ipv4')) return undefined
  const bits = address.kind() === 'ipv4' ? 32 : 128
  const length = prefix === undefined ? bits : Number(prefix)
  if (length > bits || isCompatible(address, length)) return undefined
  const Kind = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6
  return `${Kind.networkAddressFromCIDR(`${address}/${length}`)}/${length}`
}

/** A network as people write it: one address without its prefix. */
export function writtenNetwork(network: string): string {
  return network.replace(network.includes(':') ? /\/128$/ : /\/32$/, '')
}

/** Whether this is an IP address as people write it, of either kind. */
export function isAddress(text: string): boolean {
  return addressIn(text) !== undefined
}

/** Whether an address is in one of these networks. What is no address is in none. */
export function isWithin(address: string | undefined, networks: readonly string[]): boolean {
  const one = address === undefined ? undefined : addressIn(address)
  if (!one) return false
  return networks.some((network) => {
    const [base, length] = parsed(network)
    return base.kind() === one.kind() && one.match(base, length)
  })
}

/** IPv4 is four decimal numbers, also where it is mapped into IPv6 (RFC 4291 §2.5.5.2): that is the IPv4 address. */
function addressIn(text: string): Address | undefined {
  const mapped = /^::ffff:([\d.]+)$/i.exec(text)?.[1] ?? text
  if (ipaddr.IPv4.isValidFourPartDecimal(mapped)) return ipaddr.IPv4.parse(mapped)
  if (/[.%]/.test(text) || !ipaddr.IPv6.isValid(text)) return undefined
  const address = ipaddr.IPv6.parse(text)
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address
}

/** What once stood for IPv4 in IPv6 (RFC 4291 §2.5.5.1), and is written in two ways. `::1` is nothing of that kind. */
function isCompatible(address: Address, length: number): boolean {
  return (
    address.kind() === 'ipv6' &&
    length > 96 &&
    address.match(ipaddr.IPv6.parse('::'), 96) &&
    address.range() !== 'loopback'
  )
}

/** Reading a network takes longer than all else that is done with it, and the same few are asked again and again. */
const read = new Map<string, Network>()
const READ_MAX = 10_000

function parsed(network: string): Network {
  const known = read.get(network)
  if (known) return known
  if (read.size >= READ_MAX) read.clear()
  const made = ipaddr.parseCIDR(network) as Network
  read.set(network, made)
  return made
}
