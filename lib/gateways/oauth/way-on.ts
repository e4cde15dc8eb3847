import { environment } from '../../base/env.ts'
import { isAwaited } from './interaction-at-hand.ts'
import { provider } from './provider.ts'

/** How an authorization request that was stopped goes on: where it is `kept`, or, where a device has given up on it, `on-device`. */
export type Rest = 'kept' | 'kept-for-device' | 'on-device'

/** What is left of an authorization request that was stopped; null for one that was answered, or kept for its day. */
export async function restOf(uid: string): Promise<Rest | null> {
  const interaction = await (await provider()).Interaction.find(uid)
  if (!interaction || interaction.result !== undefined) return null
  if (!interaction.deviceCode) return 'kept'
  return (await isAwaited(interaction)) ? 'kept-for-device' : 'on-device'
}

/** Where an app begins a sign-in that somebody else starts (OpenID Connect Core §4): it is told who does. */
export function startedByUs(initiateLoginUri: string): string {
  const url = new URL(initiateLoginUri)
  url.searchParams.set('iss', environment().publicUrl)
  return url.href
}
