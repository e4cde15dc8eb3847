import { isWithin } from '../../base/cidr.ts'

/** Whether an app is held to its networks: not at all, at every use, or at every use but a refresh. */
export const NETWORK_MODES = ['off', 'enforce', 'enforce-except-refresh'] as const
export type NetworkMode = (typeof NETWORK_MODES)[number]

/** From where an app may be used in one root organization. Networks are kept while the mode is off. */
export type NetworkLimit = { mode: NetworkMode; networks: string[] }

/** An app of which nothing was said. */
export const FROM_ANYWHERE: NetworkLimit = { mode: 'off', networks: [] }

/** A use of the app: from which address, and whether it is a refresh. */
type Use = { address: string | undefined; isRefresh?: boolean }

/** Whether an app may be used from that address. Where it is held to its networks, nobody comes from nowhere. */
export function letsIn({ mode, networks }: NetworkLimit, { address, isRefresh = false }: Use): boolean {
  if (mode === 'off' || (isRefresh && mode === 'enforce-except-refresh')) return true
  return isWithin(address, networks)
}
