import { handleOAuth } from '#lib/gateways/oauth/handle'
import { provider } from '#lib/gateways/oauth/provider'
import type { Door } from './dispatch.ts'

/** Makes the authorization server before the first request, so that none waits for it and a failure shows at boot. */
export async function openProtocol(): Promise<Door> {
  await provider()
  return handleOAuth
}
