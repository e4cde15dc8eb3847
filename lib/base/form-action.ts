/** What a policy may hold of an address: scheme, host and port, and no sign that a header would read as its own. */
const SOURCE = /^[a-z][a-z\d+.-]*:(\/\/(\[[\da-f:.]+\]|[\w.-]+)(:\d+)?)?$/i

/**
 * The source by which a content security policy lets a form lead on to this address: its origin, or the scheme of a native
 * app. Undefined where there is none that could be written down: a host may hold semicolons and commas, a policy not.
 */
export function formActionSource(address: string): string | undefined {
  const url = URL.parse(address)
  if (!url) return undefined
  const source = url.protocol === 'https:' || url.protocol === 'http:' ? url.origin : url.protocol
  return SOURCE.test(source) ? source : undefined
}
