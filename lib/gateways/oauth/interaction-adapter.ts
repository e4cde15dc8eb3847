import Provider, { type Adapter, type AdapterPayload } from 'oidc-provider'
import { recordAdapter } from './record-adapter.ts'
import { signedInPerson } from './signed-in-person.ts'

/** A sign-in this long before it was asked for still counts as fresh: clocks of two machines differ. */
const CLOCK_SKEW_SECONDS = 30

const records = recordAdapter('Interaction')

/**
 * Interactions, with one thing settled when the authorization goes on: that somebody signed in counts only if that
 * very person is signed in now, and, where a fresh sign-in was asked for, only if they did so after it was asked.
 */
export const interactionAdapter: Adapter = {
  ...records,
  async find(id) {
    const payload = await records.find(id)
    const { oidc, request } = Provider.ctx ?? {}
    if (!payload?.result?.login || !oidc?.route.endsWith('resume')) return payload
    return { ...payload, result: await settled(payload, request?.get('cookie')) }
  },
}

async function settled(
  payload: AdapterPayload,
  cookies: string | undefined,
): Promise<AdapterPayload['result']> {
  const { login, ...others } = payload.result ?? {}
  const person = await signedInPerson(cookies)
  const isSame = person && person.userId === login?.accountId
  const authenticatedAt = person ? Math.floor(person.authenticatedAt.getTime() / 1000) : 0
  const askedAnew = payload.prompt?.name === 'login' && payload.session !== undefined
  const isFresh = !askedAnew || authenticatedAt + CLOCK_SKEW_SECONDS >= (payload.iat ?? 0)
  if (!isSame || !isFresh) return others
  return {
    ...others,
    login: { accountId: person.userId, ts: authenticatedAt, amr: person.authenticationMethods },
  }
}
