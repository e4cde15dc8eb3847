import type { Door } from './dispatch.ts'

const GATEWAY: string = '#lib/gateways/oauth/handle'

/** Loads the OAuth gateway before the first request, so that none waits for it; undefined while there is none. */
export async function openProtocol(): Promise<Door | undefined> {
  try {
    const gateway = (await import(GATEWAY)) as { handleOAuth: Door }
    return gateway.handleOAuth
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ERR_MODULE_NOT_FOUND' && message.includes('oauth/handle')) return undefined
    throw error
  }
}
