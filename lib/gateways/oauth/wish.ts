import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { type Id, isId } from '../../base/ids.ts'
import { visitor } from '../../base/visitor.ts'
import { findAskedScopes } from '../../domain/authorizations/find-asked-scopes.ts'
import type { Wish } from '../../domain/authorizations/gather-facts.ts'
import { getVerdict } from '../../domain/authorizations/get-verdict.ts'
import { listPossibleOrganizations } from '../../domain/authorizations/organization-choices.ts'
import type { Verdict } from '../../domain/authorizations/rules.ts'
import { clientAtHand } from './lookups.ts'

/** What the person at hand wants, and what the product's policy says to it. */
export type Judged = { wish: Wish; verdict: Verdict } | { wish: undefined; verdict: undefined }

/** The provider asks once while it loads the grant and again for each check: one request, one verdict. */
const judgements = new WeakMap<object, Promise<Judged>>()

/** The verdict on this authorization request. Without a wish: the person has a place in several organizations and has yet to say which. */
export function judge(ctx: KoaContextWithOIDC): Promise<Judged> {
  const known = judgements.get(ctx)
  if (known) return known
  const asked = takeVerdict(ctx)
  judgements.set(ctx, asked)
  return asked
}

/** Checks the `organization` parameter of an authorization request: the id of a root organization. */
export function checkOrganization(_ctx: KoaContextWithOIDC, value: unknown): void {
  if (value === undefined || isId('organization', value)) return
  throw new errors.InvalidRequest('organization must be the ID of an organization')
}

async function takeVerdict(ctx: KoaContextWithOIDC): Promise<Judged> {
  const { oidc } = ctx
  const app = clientAtHand(oidc.client?.clientId ?? '')
  const userId = oidc.session?.accountId as Id<'user'>
  const rootOrganizationId = await organizationOf(ctx, userId)
  if (!rootOrganizationId) return { wish: undefined, verdict: undefined }
  const { scopes } = await findAskedScopes(oidc.requestParamScopes, app, rootOrganizationId)
  const address = visitor().ip ?? null
  const wish: Wish = { userId, appId: app.appId, rootOrganizationId, scopes, address }
  return { wish, verdict: await getVerdict(wish) }
}

/** The organization the app named, the person chose just now, the last one they chose for this app, or the only one there is. */
async function organizationOf(
  ctx: KoaContextWithOIDC,
  userId: Id<'user'>,
): Promise<Id<'organization'> | undefined> {
  const { oidc } = ctx
  const named = oidc.params?.organization
  if (isId('organization', named)) return named
  const chosen = (oidc.result?.organization as { rootOrganizationId?: unknown } | undefined)
    ?.rootOrganizationId
  if (isId('organization', chosen)) return chosen
  const app = clientAtHand(oidc.client?.clientId ?? '')
  const possible = await listPossibleOrganizations(userId, app.appId)
  const [only, another] = possible
  // A person without a place anywhere is judged where the app is at home, and refused there.
  if (!only || app.audience === 'internal') return app.rootOrganizationId
  if (!another) return only.rootOrganizationId
  return possible.find((one) => one.isLastChoice)?.rootOrganizationId
}
