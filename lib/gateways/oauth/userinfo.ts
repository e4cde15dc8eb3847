import type { KoaContextWithOIDC } from 'oidc-provider'
import { liveToken } from './lookups.ts'
import { rightsClaimOf } from './rights-claim.ts'

/** Adds what the app may do for the person at this moment, and where, if its token holds a scope that needs an organization. */
export async function completeUserinfo(ctx: KoaContextWithOIDC): Promise<void> {
  const value = ctx.oidc.entities.AccessToken?.jti
  const token = value === undefined ? undefined : await liveToken(value)
  if (!token?.scopes.some((scope) => scope.needsOrganization) || typeof ctx.body !== 'object') return
  const { scopes: _, ...rights } = await rightsClaimOf(token, token.scopes, ctx.query.organization)
  Object.assign(ctx.body as object, { organization_id: token.rootOrganizationId, ...rights })
}
