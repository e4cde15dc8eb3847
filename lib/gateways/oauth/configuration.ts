import type { Client, Configuration, KoaContextWithOIDC } from 'oidc-provider'
import { keyBytesFor, previousKeyFor } from '../../base/secret-key.ts'
import { ASSERTION_ALGORITHMS } from '../../domain/connected-apps/read-keys.ts'
import { KEEPING_ACCESS } from '../../domain/connected-apps/scopes.ts'
import type { SigningKey } from '../../domain/signing-keys/current-keys.ts'
import { CLAIMS, findAccount } from './account.ts'
import { adapterOf } from './adapter.ts'
import { cookieNames } from './cookie-names.ts'
import { askForCode, askToConfirm, deviceInfo, sayConnected } from './device-flow.ts'
import { askToSignOut, saySignedOut } from './end-session.ts'
import { loadExistingGrant, scopesOfFamily } from './grants.ts'
import { newInteractionPolicy } from './interaction-policy.ts'
import { mayIntrospect } from './introspection.ts'
import { completeJwt } from './jwts.ts'
import { clientAtHand } from './lookups.ts'
import { renderError } from './render-error.ts'
import { defaultResource, getResourceServerInfo } from './resources.ts'
import { ROUTES } from './routes.ts'
import { checkAssertion } from './signed-clients.ts'
import { checkOrganization } from './wish.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long each thing lives, in seconds, unless it is ended before. */
const LIFETIME_SECONDS = {
  AccessToken: HOUR,
  AuthorizationCode: MINUTE,
  ClientCredentials: HOUR,
  DeviceCode: 10 * MINUTE,
  Grant: 90 * DAY,
  IdToken: HOUR,
  /** So long a person can come back to a request that an administrator approved meanwhile. */
  Interaction: DAY,
  /** From each use on; each use gives a new one. */
  RefreshToken: 90 * DAY,
  Session: 7 * DAY,
}

/** How the authorization server behaves. Each entry that differs from the provider's own is there for a reason told beside it. */
export function configurationOf(keys: SigningKey[], scopes: string[]): Configuration {
  return {
    adapter: adapterOf,
    jwks: { keys },
    scopes,
    claims: CLAIMS,
    routes: ROUTES,
    ttl: {
      ...LIFETIME_SECONDS,
      AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? LIFETIME_SECONDS.AccessToken,
      ClientCredentials: (_ctx, token) =>
        token.resourceServer?.accessTokenTTL ?? LIFETIME_SECONDS.ClientCredentials,
      RefreshToken: refreshTokenSeconds,
    },
    formats: { customizers: { jwt: completeJwt } },
    cookies: {
      names: cookieNames(),
      keys: cookieKeys(),
      long: { signed: true, httpOnly: true, sameSite: 'lax' },
      short: { signed: true, httpOnly: true, sameSite: 'lax' },
    },
    extraParams: { organization: checkOrganization },
    findAccount,
    loadExistingGrant,
    interactions: { policy: newInteractionPolicy(), url: (_ctx, { uid }) => `/interaction/${uid}` },
    responseTypes: ['code'],
    subjectTypes: ['public'],
    // No method by which a client's placeholder secret could sign anything, and no algorithm either.
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    assertJwtClientAuthClaimsAndHeader: checkAssertion,
    enabledJWA: {
      idTokenSigningAlgValues: ['RS256', 'ES256'],
      userinfoSigningAlgValues: ['RS256', 'ES256'],
      introspectionSigningAlgValues: ['RS256', 'ES256'],
      authorizationSigningAlgValues: ['RS256', 'ES256'],
      requestObjectSigningAlgValues: ['RS256', 'ES256'],
      clientAuthSigningAlgValues: ASSERTION_ALGORITHMS,
    },
    pkce: { required: (_ctx, client) => clientAtHand(client.clientId).requiresPkce },
    clientBasedCORS: isOwnOrigin,
    // A yes stands until it is removed: signing out ends no token, and who may refresh is the app's setting alone.
    expiresWithSession: () => false,
    issueRefreshToken: keepsAccess,
    rotateRefreshToken: true,
    revokeGrantPolicy: () => true,
    allowOmittingSingleRegisteredRedirectUri: false,
    renderError,
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      deviceFlow: {
        enabled: true,
        charset: 'base-20',
        mask: '****-****',
        deviceInfo,
        userCodeInputSource: askForCode,
        userCodeConfirmSource: askToConfirm,
        successSource: sayConnected,
      },
      introspection: { enabled: true, allowedPolicy: mayIntrospect },
      // To anyone but its own app a token is like one that never was (RFC 7009 §2.2).
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      resourceIndicators: {
        enabled: true,
        defaultResource,
        getResourceServerInfo,
        useGrantedResource: () => false,
      },
      rpInitiatedLogout: { enabled: true, logoutSource: askToSignOut, postLogoutSuccessSource: saySignedOut },
      pushedAuthorizationRequests: { enabled: true },
      userinfo: { enabled: true },
    },
  }
}

/** Who may refresh is the app's setting alone, unless keeping access is what was left out of what it asked for. */
async function keepsAccess(
  _ctx: KoaContextWithOIDC,
  client: Client,
  { grantId }: { grantId?: string | undefined },
): Promise<boolean> {
  if (!client.grantTypeAllowed('refresh_token')) return false
  const isAskedFor = clientAtHand(client.clientId).scopes.includes(KEEPING_ACCESS)
  return !isAskedFor || (await scopesOfFamily(grantId)).includes(KEEPING_ACCESS)
}

/** A browser app's refresh token lies where scripts can reach it: renewing it never makes it live longer (RFC 9700 §4.14). */
function refreshTokenSeconds(ctx: KoaContextWithOIDC, _token: unknown, client: Client): number {
  const former = ctx.oidc.entities.RotatedRefreshToken
  const isBrowserApp = client.clientAuthMethod === 'none' && client.applicationType === 'web'
  return former && isBrowserApp ? Math.max(1, former.remainingTTL) : LIFETIME_SECONDS.RefreshToken
}

/** Scripts may call from the origins of the app's own redirect URIs: its public client, or anyone's for userinfo. */
function isOwnOrigin(ctx: KoaContextWithOIDC, origin: string, client: Client): boolean {
  if (ctx.oidc.route !== 'userinfo' && client.clientAuthMethod !== 'none') return false
  return client.redirectUris?.some((uri) => origin !== 'null' && URL.parse(uri)?.origin === origin) ?? false
}

function cookieKeys(): string[] {
  const previous = previousKeyFor('provider-cookies')?.export()
  return [keyBytesFor('provider-cookies'), ...(previous ? [previous] : [])].map((key) =>
    key.toString('base64url'),
  )
}
