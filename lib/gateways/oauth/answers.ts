import type Koa from 'koa'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { DATABASE_AWAY } from '../../base/database-away.ts'
import { environment } from '../../base/env.ts'
import { listScopeNames } from '../../domain/connected-apps/list-scope-names.ts'
import { endSessionOf } from './end-session.ts'
import { completeIntrospection, introspectJwt } from './introspection.ts'
import { letGoOnceSent } from './let-go.ts'
import { dressPage, notFound } from './pages.ts'
import { completeUserinfo } from './userinfo.ts'

/** What is ours of each answer, after the provider made its own. */
export async function completeAnswers(ctx: Koa.Context, next: Koa.Next): Promise<void> {
  await next()
  letGoOnceSent(ctx)
  if (!('oidc' in ctx)) return notFound(ctx)
  const answered = ctx as unknown as KoaContextWithOIDC
  // Whoever the client is was perhaps never found out.
  if (ctx.status >= 500) return dressPage(answered)
  switch (answered.oidc.route) {
    case 'introspection':
      requireConfidentialClient(answered)
      if (isRefusedJwt(answered)) await introspectJwt(answered)
      else if (ctx.status === 200) await completeIntrospection(answered)
      break
    case 'userinfo':
      if (ctx.status === 200) await completeUserinfo(answered)
      break
    case 'token':
      nameWrongGrant(answered)
      break
    case 'revocation':
      // Some common clients read every answer as JSON and stumble over plain text.
      if (ctx.status === 200) ctx.body = {}
      break
    case 'discovery':
      await hidePrivateScopes(answered)
      break
    case 'end_session_confirm':
      if (ctx.status === 303 && answered.oidc.params?.logout) await endSessionOf(answered)
      break
  }
  dressPage(answered)
}

/** The provider knows no reason and says `server_error`; whoever asked may ask again (RFC 6749 §4.1.2.1). */
export function answerUnavailable(ctx: KoaContextWithOIDC): void {
  ctx.status = 503
  ctx.set('Retry-After', '5')
  if (ctx.type === 'application/json')
    ctx.body = { error: 'temporarily_unavailable', error_description: DATABASE_AWAY }
}

/** As the provider words it of a grant that is not the app's. */
const NOT_ITS_GRANT = 'requested grant type is not allowed for this client'

/** A grant that is not the app's, such as one without a person: by its own name. Whatever has that name says where to read why (RFC 6749 §5.2). */
function nameWrongGrant({ status, body }: KoaContextWithOIDC): void {
  const answer = body as { error?: string; error_description?: string; error_uri?: string } | undefined
  if (status !== 400 || !answer) return
  if (answer.error_description === NOT_ITS_GRANT) answer.error = 'unauthorized_client'
  if (answer.error !== 'unauthorized_client') return
  answer.error_uri = `${environment().publicUrl}/why/unauthorized-client`
}

/** Introspection without client authentication, or by a public client: 401 (RFC 7662 §2.1), whatever the token. */
function requireConfidentialClient(ctx: KoaContextWithOIDC): void {
  const { client } = ctx.oidc
  if (client && client.clientAuthMethod !== 'none') return
  ctx.status = 401
  ctx.set('WWW-Authenticate', `Basic realm="${ctx.oidc.issuer}", error="invalid_client"`)
  ctx.body = { error: 'invalid_client', error_description: 'client authentication failed' }
}

/** The provider says so of whatever looks like a JWT, once the client has proved who it is. */
function isRefusedJwt({ oidc, status, body }: KoaContextWithOIDC): boolean {
  return (
    status === 400 &&
    (body as { error?: string }).error === 'unsupported_token_type' &&
    oidc.client !== undefined
  )
}

/** The scopes of an organization's own APIs are nobody else's business. */
async function hidePrivateScopes(ctx: KoaContextWithOIDC): Promise<void> {
  const document = ctx.body as { scopes_supported?: string[] }
  const everybodys = new Set(
    (await listScopeNames()).filter((scope) => scope.isBuiltIn).map((scope) => scope.name),
  )
  document.scopes_supported = document.scopes_supported?.filter((scope) => everybodys.has(scope)).sort()
}
