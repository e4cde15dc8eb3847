import { randomBytes } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { liveAuthorizations, liveTokens, tokens } from '#db/schema/authorizations'
import { type Id, newId, uuidOf } from '#lib/base/ids'
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

/** So many more people of a root organization who authorized what somebody did, in a few statements. */
export async function makeManyMore(count: number, like: MadeUser, here: MadeOrganization): Promise<void> {
  const root = uuidOf(here.id)
  const name = `One of many ${newId('user')}`
  await database().execute(sql`
    insert into users (id, username, email, full_name, home_organization_id)
    select uuidv7(), n || ${name}, n || ${name} || '@example.com', ${name}, ${root}::uuid
    from generate_series(1, ${count}::int) n`)
  await database().execute(sql`
    insert into memberships (id, user_id, organization_id, root_organization_id, role)
    select uuidv7(), id, ${root}::uuid, ${root}::uuid, 'member' from users where full_name = ${name}`)
  await database().execute(sql`
    insert into authorizations (id, installation_id, root_organization_id, app_id, user_id, membership_id, scopes, epoch)
    select uuidv7(), a.installation_id, a.root_organization_id, a.app_id, u.id, m.id, a.scopes, a.epoch
    from authorizations a, users u join memberships m on m.user_id = u.id
    where a.user_id = ${uuidOf(like.id)}::uuid and a.root_organization_id = ${root}::uuid and u.full_name = ${name}`)
}
