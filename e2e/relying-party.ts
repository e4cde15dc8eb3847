import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as openid from 'openid-client'

export type Credentials = {
  issuer: string
  clientId: string /** Absent for a public client. */
  clientSecret?: string
}

/** The nonce only where an ID token will carry it. */
type Waiting = { verifier: string; nonce: string | undefined }

/**
 * A real app of somebody else's: a web server of its own that sends people to sign in, takes the code back, and shows
 * who came. Start it first, register its `callbackUrl`, then give it its credentials.
 */
export class RelyingParty {
  readonly url: string
  readonly callbackUrl: string
  readonly #server: ReturnType<typeof createServer>
  readonly #waiting = new Map<string, Waiting>()
  #config: openid.Configuration | undefined
  #isHolding = false
  #held: URL | undefined
  #tokens: (openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers) | undefined

  private constructor(server: ReturnType<typeof createServer>) {
    this.#server = server
    this.url = `http://localhost:${(server.address() as AddressInfo).port}`
    this.callbackUrl = `${this.url}/callback`
    server.on('request', (request, response) => void this.#answer(request, response))
  }

  static async start(): Promise<RelyingParty> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new RelyingParty(server)
  }

  /** Discovers the authorization server; from then on the app can be used. A new secret is given the same way. */
  async configure({ issuer, clientId, clientSecret }: Credentials): Promise<void> {
    const method = clientSecret ? openid.ClientSecretBasic(clientSecret) : openid.None()
    this.#config = await openid.discovery(new URL(issuer), clientId, undefined, method, {
      execute: [openid.allowInsecureRequests],
    })
  }

  /** Where a person begins; `more` are parameters such as `prompt` or `organization`. */
  signInUrl(scope: string, more: Record<string, string> = {}): string {
    return `${this.url}/sign-in?${new URLSearchParams({ ...more, scope })}`
  }

  /** What the last person who came back brought. */
  get tokens(): openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers {
    if (!this.#tokens) throw new Error('Nobody has come back with a code yet.')
    return this.#tokens
  }

  /** Uses the refresh token for new tokens, and keeps them. Rejects with the server's error. */
  async refresh(parameters: Record<string, string> = {}): Promise<openid.TokenEndpointResponse> {
    this.#tokens = await openid.refreshTokenGrant(this.#ready, this.tokens.refresh_token ?? '', parameters)
    return this.#tokens
  }

  /** The same with tokens that an earlier person brought, which are not kept. */
  refreshWith(refreshToken: string | undefined): Promise<openid.TokenEndpointResponse> {
    return openid.refreshTokenGrant(this.#ready, refreshToken ?? '')
  }

  /** From now on codes are kept unused until `useHeldCode`. */
  holdCodes(): void {
    this.#isHolding = true
  }

  /** Uses the code that was held. Rejects with the server's error. */
  async useHeldCode(): Promise<void> {
    const held = this.#held
    if (!held) throw new Error('No code came back to be held.')
    this.#isHolding = false
    this.#held = undefined
    await this.#comeBack(held)
  }

  /** Who the person is, by the access token. */
  userInfo(token = this.tokens.access_token): Promise<openid.UserInfoResponse> {
    return openid.fetchUserInfo(this.#ready, token, openid.skipSubjectCheck)
  }

  /** Whether a token is active, asked as this app. */
  introspect(token = this.tokens.access_token): Promise<openid.IntrospectionResponse> {
    return openid.tokenIntrospection(this.#ready, token)
  }

  /** Gives the refresh token back. */
  revoke(): Promise<void> {
    return openid.tokenRevocation(this.#ready, this.tokens.refresh_token ?? '')
  }

  /** A token of the app's own. */
  clientCredentials(scope?: string): Promise<openid.TokenEndpointResponse> {
    return openid.clientCredentialsGrant(this.#ready, scope ? { scope } : {})
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  get #ready(): openid.Configuration {
    if (!this.#config) throw new Error('The app has no credentials yet.')
    return this.#config
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url)
    try {
      if (url.pathname === '/sign-in')
        response.writeHead(302, { Location: (await this.#begin(url)).href }).end()
      else if (url.pathname === '/callback') show(response, await this.#comeBack(url))
      else show(response, { title: 'Acme Reports', text: 'Sign in to see your reports.' })
    } catch (error) {
      show(response, { title: 'Sign-in failed', text: wordsOf(error) })
    }
  }

  async #begin(url: URL): Promise<URL> {
    const isOpenId = url.searchParams.get('scope')?.split(' ').includes('openid')
    const [verifier, state] = [openid.randomPKCECodeVerifier(), openid.randomState()]
    const nonce = isOpenId ? openid.randomNonce() : undefined
    this.#waiting.set(state, { verifier, nonce })
    return openid.buildAuthorizationUrl(this.#ready, {
      ...Object.fromEntries(url.searchParams),
      redirect_uri: this.callbackUrl,
      state,
      ...(nonce ? { nonce } : {}),
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
  }

  async #comeBack(url: URL): Promise<Page> {
    if (this.#isHolding && url.searchParams.has('code')) {
      this.#held = url
      return { title: 'Code received', text: 'It is not used yet.' }
    }
    const state = url.searchParams.get('state') ?? ''
    const waiting = this.#waiting.get(state)
    if (!waiting) throw new Error('Nobody was sent away with this state.')
    this.#waiting.delete(state)
    const tokens = await openid.authorizationCodeGrant(this.#ready, url, {
      expectedState: state,
      pkceCodeVerifier: waiting.verifier,
      ...(waiting.nonce ? { expectedNonce: waiting.nonce } : {}),
    })
    this.#tokens = tokens
    const isOpenId = tokens.scope?.split(' ').includes('openid')
    const person = isOpenId ? await this.userInfo() : undefined
    return {
      title: `Signed in as ${person?.name ?? person?.sub ?? 'somebody'}`,
      text: `Granted: ${tokens.scope}`,
    }
  }
}

type Page = { title: string; text: string }

function show(response: ServerResponse, { title, text }: Page): void {
  const safe = (words: string) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
  response.end(
    `<!doctype html><html lang="en"><title>${safe(title)}</title><h1>${safe(title)}</h1><p>${safe(text)}</p></html>`,
  )
}

function wordsOf(error: unknown): string {
  if (error instanceof openid.AuthorizationResponseError)
    return `${error.error}: ${error.error_description ?? ''}`
  if (error instanceof openid.ResponseBodyError) return `${error.error}: ${error.error_description ?? ''}`
  return error instanceof Error ? error.message : String(error)
}
