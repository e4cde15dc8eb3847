import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { database } from '#db/client'
import { liveAuthorizations, liveTokens, tokens } from '#db/schema/authorizations'
import type { Id } from '#lib/base/ids'
import { hashToken } from '#lib/base/secrets'
import { authorizeApp } from '#lib/domain/authorizations/authorize-app'
import { startTokenFamily } from '#lib/domain/authorizations/token-families'
import { as } from '#test/actors'
import type { MadeApp, MadeOrganization, MadeUser } from '#test/factories'

/** A person's yes to an app, given by the verb. */
export async function makeAuthorization(
  user: MadeUser,
  app: Pick<MadeApp, 'id'>,
  organization: Pick<MadeOrganization, 'id'>,
  scopes: readonly string[] = ['openid', 'profile'],
): Promise<Id<'authorization'>> {
  const wish = { appId: app.id, rootOrganizationId: organization.id, scopes: [...scopes] }
  return (await authorizeApp(as(user), wish)).authorizationId
}

/** One token family of a yes, holding one access token and one refresh token. */
export async function makeTokenFamily(authorizationId: Id<'authorization'>, app: Pick<MadeApp, 'id'>) {
  const familyId = await startTokenFamily(database(), { authorizationId, scopes: ['openid'] })
  const hour = new Date(Date.now() + 3_600_000)
  const rows = (['access-token', 'refresh-token'] as const).map((kind) => ({
    hash: hashToken(randomBytes(32).toString('base64url')),
    kind,
    appId: app.id,
    familyId,
    payload: {},
    expiresAt: hour,
  }))
  await database().insert(tokens).values(rows)
  return familyId
}

/** How many yeses and tokens of an app live in a root organization at this moment. */
export async function countLive(app: Pick<MadeApp, 'id'>, organization: Pick<MadeOrganization, 'id'>) {
  const yeses = await database().select().from(liveAuthorizations).where(eq(liveAuthorizations.appId, app.id))
  const alive = await database().select().from(liveTokens).where(eq(liveTokens.appId, app.id))
  const here = <T extends { rootOrganizationId: string }>(rows: T[]) =>
    rows.filter((row) => row.rootOrganizationId === organization.id).length
  return { people: here(yeses), tokens: here(alive) }
}
