import ipaddr from 'ipaddr.js'

/** Addresses that look public and answer only those inside somebody's cloud. */
const INSIDE_CLOUDS = ['168.63.129.16']

/** All that is routed of IPv6 (RFC 4291 §2.4, RFC 3587). */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3')

/** Whether an address is one that anybody on the internet reaches: not private, loopback, link-local, nor set apart for anything. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  // An IPv4 address in an IPv6 one is what it stands for.
  const address = ipaddr.process(text)
  if (address.range() !== 'unicast' || INSIDE_CLOUDS.includes(address.toString())) return false
  return address.kind() === 'ipv4' || address.match(GLOBAL_IPV6)
}
