import type postgres from 'postgres'
import { database, tokenSql } from '#db/client'
import { apis, scopes } from '#db/schema/connected-apps'
import { type Id, newId, uuidOf } from '#lib/base/ids'
import { type MadeApp, type MadeOrganization, makeApp } from '#test/factories'
import { SCOPES } from './reference-data.ts'

/** An API of the organization with the scopes of every token here, and the app that answers for it. */
export async function seedApi(organization: MadeOrganization): Promise<MadeApp> {
  const asker = await makeApp({ organization, name: 'Orders API' })
  const apiId = newId('api')
  const { rootOrganizationId } = organization
  await database().insert(apis).values({
    id: apiId,
    rootOrganizationId,
    name: 'Orders',
    audience: 'https://orders.example.com',
    resourceServerAppId: asker.id,
  })
  const inWords = { title: 'Read orders', description: 'Orders and their line items.', risk: 'low' as const }
  await database()
    .insert(scopes)
    .values(SCOPES.map((name) => ({ ...inWords, name, apiId })))
  return asker
}

/** So many members, made in two statements; the first is number 1. */
export async function seedPeople(organization: MadeOrganization, count: number): Promise<void> {
  const id = uuidOf(organization.id)
  await tokenSql()`
    insert into users (id, username, email, full_name, home_organization_id)
    select uuidv7(), 'person-' || n, 'person-' || n || '@example.com', 'Person ' || n, ${id}::uuid
    from generate_series(1, ${count}::int) n`
  await tokenSql()`
    insert into memberships (id, user_id, organization_id, root_organization_id, role)
    select uuidv7(), id, ${id}::uuid, ${id}::uuid, 'member' from users where username ~ '^person-[0-9]+$'`
}

/**
 * An installation of an app, with a yes, a token family and one live access token of each of the first `people` members.
 * The tokens have the numbers from `firstToken` on.
 */
export async function seedYeses(
  organization: MadeOrganization,
  app: MadeApp,
  { people, firstToken }: { people: number; firstToken: number },
): Promise<Id<'installation'>> {
  const sql = tokenSql()
  const installationId = newId('installation')
  const [installation, root, appId] = [uuidOf(installationId), uuidOf(organization.id), uuidOf(app.id)]
  await sql`insert into installations (id, root_organization_id, app_id) values (${installation}, ${root}, ${appId})`
  await sql`
    insert into authorizations (id, installation_id, root_organization_id, app_id, user_id, membership_id, scopes, epoch)
    select uuidv7(), ${installation}::uuid, ${root}::uuid, ${appId}::uuid, m.user_id, m.id, ${SCOPES}::text[], 0
    from memberships m join users u on u.id = m.user_id
    where m.organization_id = ${root}::uuid and u.username ~ '^person-[0-9]+$'
      and split_part(u.username, '-', 2)::int <= ${people}::int`
  await sql`
    insert into token_families (id, authorization_id, scopes)
    select uuidv7(), id, scopes from authorizations where installation_id = ${installation}::uuid`
  await sql`
    insert into tokens (hash, kind, app_id, family_id, payload, expires_at)
    select sha256(convert_to(${plainToken(sql, 'person', sql`f.n`)}, 'UTF8')), 'access-token', ${appId}::uuid, f.id,
      ${payloadOf(sql)} || '{"gty": "authorization_code"}', now() + interval '1 day'
    from (select f.id, ${firstToken}::int - 1 + row_number() over () as n from token_families f
      join authorizations a on a.id = f.authorization_id where a.installation_id = ${installation}::uuid) f`
  return installationId
}

/** Live tokens of apps acting for themselves, in turn; the first has the number 1. */
export async function seedOwnTokens(apps: MadeApp[], count: number): Promise<void> {
  const sql = tokenSql()
  const ids = apps.map((app) => uuidOf(app.id))
  await sql`
    insert into tokens (hash, kind, app_id, app_epoch, payload, expires_at)
    select sha256(convert_to(${plainToken(sql, 'app', sql`n`)}, 'UTF8')), 'client-credentials',
      (${ids}::uuid[])[1 + n % ${ids.length}::int], 0, ${payloadOf(sql)}, now() + interval '1 day'
    from generate_series(1, ${count}::int) n`
}

/** After much was written at once: what a database does by itself soon. */
export async function settle(): Promise<void> {
  await tokenSql()`vacuum analyze`.simple()
}

/** The same value that `tokenValue` says. */
function plainToken(sql: postgres.Sql, kind: 'person' | 'app', number: postgres.Fragment) {
  return sql`encode(sha256(convert_to(${kind} || ' ' || ${number}, 'UTF8')), 'hex')`
}

function payloadOf(sql: postgres.Sql) {
  return sql`jsonb_build_object('scope', ${SCOPES.join(' ')}::text, 'iat', extract(epoch from now())::int,
    'exp', extract(epoch from now())::int + 86400)`
}
