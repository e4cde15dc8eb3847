/** Where an app sends people back to, in words: a host stands for itself, a native app is one on the person's device. */
export function sentBackTo(redirectHosts: readonly string[]): string {
  const hosts = redirectHosts.filter((host) => !isOnDevice(host))
  const onDevice = redirectHosts.filter(isOnDevice).map((host) => host.replace(/:$/, ''))
  const device = onDevice.length > 0 ? [`an app on their device (${onDevice.join(', ')})`] : []
  return [...hosts, ...device].join(', ')
}

/** A scheme of its own, or the loopback interface: RFC 8252, sections 7.1 and 7.3. */
function isOnDevice(host: string): boolean {
  return host.endsWith(':') || /^(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?$/.test(host)
}
