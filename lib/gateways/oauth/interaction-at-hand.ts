import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { Interaction, InteractionResults } from 'oidc-provider'
import { environment } from '../../base/env.ts'
import { provider } from './provider.ts'

/** An interaction a browser came with, and whether the sign-in it began under still stands. */
export type AtHand = { cookie: string; interaction: Interaction; isSessionAlive: boolean }

/**
 * The interaction with this uid, if the browser's own cookie names it: whoever only knows the address gets nothing.
 * Undefined too for one that ended or was answered.
 */
export async function interactionAtHand(cookie: string, uid: string): Promise<AtHand | undefined> {
  const server = await provider()
  const id = server.createContext(...standIn(cookie)).cookies.get(server.cookieName('interaction'))
  if (!id || id !== uid) return undefined
  const interaction = await server.Interaction.find(id)
  if (!interaction) return undefined
  const { session } = interaction
  if (!session?.uid) return { cookie, interaction, isSessionAlive: true }
  const found = await server.Session.findByUid(session.uid)
  return { cookie, interaction, isSessionAlive: found?.accountId === session.accountId }
}

/** Whether somebody waits for the answer: of a device's interaction, until its code expires or was answered elsewhere. */
export async function isAwaited({ deviceCode }: Interaction): Promise<boolean> {
  if (!deviceCode) return true
  const code = await (await provider()).DeviceCode.find(deviceCode)
  return code !== undefined && !code.isExpired && !code.error && !code.accountId
}

/** Keeps the answer to an interaction, and says where the browser goes on. */
export async function answer({ cookie }: AtHand, result: InteractionResults): Promise<string> {
  return (await provider()).interactionResult(...standIn(cookie), result)
}

/**
 * Where the same authorization request begins once more: for a person who signed in as somebody else, or whose session
 * ended meanwhile. A sign-in or choice of account that the app had asked for is left out once it has been given. A
 * device's request cannot be repeated by address: its person types the code again.
 */
export function beginAgain({ interaction }: AtHand, isSignedInAnew: boolean): string {
  const origin = environment().publicUrl
  if (interaction.deviceCode) return `${origin}/device`
  const url = new URL('/oauth/authorize', origin)
  for (const [name, value] of Object.entries(interaction.params)) {
    if (name === 'request' || name === 'request_uri') continue
    const said = name === 'prompt' && isSignedInAnew ? withoutSignIn(String(value ?? '')) : value
    for (const one of [said].flat())
      if (one !== undefined && one !== null && one !== '') url.searchParams.append(name, String(one))
  }
  return url.href
}

function withoutSignIn(prompt: string): string {
  return prompt
    .split(' ')
    .filter((one) => one !== 'login' && one !== 'select_account')
    .join(' ')
}

/** The provider reads cookies from a request; a page has only their header. */
function standIn(cookie: string): [IncomingMessage, ServerResponse] {
  const request = new IncomingMessage(new Socket())
  request.headers = { cookie, host: new URL(environment().publicUrl).host }
  return [request, new ServerResponse(request)]
}
