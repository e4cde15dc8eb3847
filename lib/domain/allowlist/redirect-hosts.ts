/** Where an app sends people back to, as a person reads it: hosts of web addresses, schemes of native apps. */
export function redirectHosts(redirectUris: readonly string[]): string[] {
  const hosts = redirectUris.map((uri) => {
    const { host, protocol } = new URL(uri)
    return host || protocol
  })
  return [...new Set(hosts)].sort()
}
