import { environment } from '../../base/env.ts'
import { provider } from './provider.ts'

/** Whether an authorization request that was stopped is still kept and waits for its person. */
export async function isKept(uid: string): Promise<boolean> {
  const interaction = await (await provider()).Interaction.find(uid)
  return interaction !== undefined && interaction.result === undefined
}

/** Where an app begins a sign-in that somebody else starts (OpenID Connect Core §4): it is told who does. */
export function startedByUs(initiateLoginUri: string): string {
  const url = new URL(initiateLoginUri)
  url.searchParams.set('iss', environment().publicUrl)
  return url.href
}
