import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as openid from 'openid-client'
import { afterAll, beforeAll } from 'vitest'
import { readEnvironment, setEnvironment } from '#lib/base/env'
import type { Id } from '#lib/base/ids'
import { sealSession, sessionCookieName, sessionIdInCookies } from '#lib/base/session-cookie'
import { authorizeApp } from '#lib/domain/authorizations/authorize-app'
import { syncBuiltInScopes } from '#lib/domain/connected-apps/sync-built-in-scopes'
import { startSession } from '#lib/domain/users/start-session'
import { handleOAuth } from '#lib/gateways/oauth/handle'
import { as } from '#test/actors'
import { Browser } from '#test/browser'
import {
  type MadeApp,
  type MadeOrganization,
  type MadeUser,
  makeApp,
  makeMember,
  makeOrganization,
} from '#test/factories'
import { dispatcher } from '../server/dispatch.ts'

/** The authorization server on a port of its own, behind the same front door as in the product. Pages answer 404. */
export type Running = {
  origin: string
  as(app: MadeApp, auth?: openid.ClientAuth): Promise<openid.Configuration>
}

export const running: Running = { origin: '', as: clientOf }

/** Runs it for the tests of one file. */
export function withAuthorizationServer(): Running {
  const server = createServer()
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    running.origin = `http://localhost:${(server.address() as AddressInfo).port}`
    setEnvironment(readEnvironment({ PUBLIC_URL: running.origin }))
    await syncBuiltInScopes(running.origin)
    const door = dispatcher({
      pages: (_request, response) => response.writeHead(404).end(),
      protocol: handleOAuth,
      isReady: () => true,
      isDatabaseUp: () => true,
      isDevelopment: false,
    })
    server.on('request', door)
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return running
}

/** An app's own configuration, as it would discover it. */
function clientOf(app: MadeApp, auth?: openid.ClientAuth): Promise<openid.Configuration> {
  const method = auth ?? (app.secret ? openid.ClientSecretBasic(app.secret) : openid.None())
  return openid.discovery(new URL(running.origin), app.clientId, undefined, method, {
    execute: [openid.allowInsecureRequests],
  })
}

export type Agreement = { organization: MadeOrganization; app: MadeApp; person: MadeUser }

/** A member who said yes to an app: by default one of their own organization, for all of its scopes. */
export async function makeAgreement(
  given: {
    organization?: MadeOrganization
    app?: MadeApp
    person?: MadeUser
    scopes?: string[]
    settings?: Partial<Omit<Parameters<typeof makeApp>[0], 'organization'>>
  } = {},
): Promise<Agreement> {
  const organization = given.organization ?? (await makeOrganization())
  const person = given.person ?? (await makeMember(organization))
  const settings = { scopes: ['openid', 'profile', 'email'], ...given.settings }
  const app = given.app ?? (await makeApp({ organization, ...settings }))
  const scopes = given.scopes ?? settings.scopes
  await authorizeApp(as(person), { appId: app.id, rootOrganizationId: organization.id, scopes })
  return { organization, app, person }
}

/** A browser in which this person has signed in to the console. */
export async function browserOf(person: { id: Id<'user'> } | null): Promise<Browser> {
  const browser = new Browser(running.origin)
  if (person) await signInAt(browser, person)
  return browser
}

/** Signs a person in at a browser, as the sign-in page does. */
export async function signInAt(browser: Browser, person: { id: Id<'user'> }): Promise<Id<'session'>> {
  const formerSessionId = (await sessionIdInCookies(browser.cookieHeader())) as Id<'session'> | null
  const input = { userId: person.id, authenticationMethods: ['pwd'], formerSessionId }
  const { sessionId } = await startSession({}, input)
  browser.set(sessionCookieName(), await sealSession(sessionId, 3600))
  return sessionId
}

export type Request = { verifier: string; state: string; parameters: Record<string, string> }

export const CALLBACK = 'https://app.example.com/callback'

/** An authorization request with PKCE, as an app begins it. */
export async function newRequest(
  app: MadeApp,
  scope: string,
  more: Record<string, string> = {},
): Promise<Request> {
  const verifier = openid.randomPKCECodeVerifier()
  const state = openid.randomState()
  return {
    verifier,
    state,
    parameters: {
      client_id: app.clientId,
      response_type: 'code',
      redirect_uri: CALLBACK,
      scope,
      state,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...more,
    },
  }
}

function authorizePath(request: Request): string {
  return `/oauth/authorize?${new URLSearchParams(request.parameters)}`
}

/** Where a browser is sent for this request: back to the app, or to the interaction's page. */
export async function authorize(browser: Browser, request: Request): Promise<URL> {
  const response = await browser.get(authorizePath(request))
  const location = response.headers.get('location')
  if (!location)
    throw new Error(
      `Nobody was sent anywhere: ${response.status} ${(await response.text()).replace(/<style[\s\S]*<\/style>/, '')}`,
    )
  return new URL(location, running.origin)
}

/** The tokens of a person who agreed before: the code flow without any page. */
export async function tokensOf(
  app: MadeApp,
  person: { id: Id<'user'> },
  scope: string,
  more: Record<string, string> = {},
): Promise<openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers> {
  const request = await newRequest(app, scope, more)
  const back = await authorize(await browserOf(person), request)
  return redeem(app, back, request)
}

export async function redeem(app: MadeApp, back: URL, request: Request) {
  return openid.authorizationCodeGrant(await clientOf(app), back, {
    pkceCodeVerifier: request.verifier,
    expectedState: request.state,
  })
}

/** What an app is told about a token. */
export async function introspect(asker: MadeApp, token: string): Promise<openid.IntrospectionResponse> {
  return openid.tokenIntrospection(await clientOf(asker), token)
}

/** Asks an endpoint by hand, as an app of its own making would. */
export async function ask(
  path: string,
  form: Record<string, string>,
  app?: MadeApp,
): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> {
  const response = await fetch(`${running.origin}${path}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: app
      ? { authorization: `Basic ${Buffer.from(`${app.clientId}:${app.secret}`).toString('base64')}` }
      : {},
  })
  const text = await response.text()
  return { status: response.status, body: text ? JSON.parse(text) : {}, headers: response.headers }
}
