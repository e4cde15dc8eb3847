import { createHash } from 'node:crypto'
import postgres from 'postgres'
import type { MadeApp } from '#test/factories'

/** The scopes of the API that every token is for. */
export const SCOPES = ['orders:read', 'orders:write']

/** The value of a token that was put there before: both sides hold the same ones. */
export function tokenValue(kind: 'person' | 'app', number: number): string {
  return createHash('sha256').update(`${kind} ${number}`).digest('hex')
}

/** Every number up to `count` once, far from its neighbours: nothing is found just because the one before it was. */
export function numbers(count: number, stride: number): number[] {
  return Array.from({ length: count }, (_, at) => ((at * stride) % count) + 1)
}

/** The apps, tokens and grants of the product's database, as the bare server keeps them. */
export async function fillReference(
  url: string,
  apps: { asker: MadeApp; forPeople: MadeApp[]; forThemselves: MadeApp[] },
  counts: { personTokens: number; appTokens: number },
): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  await sql`
    create table records (model text, id text, payload jsonb not null, expires_at timestamptz, primary key (model, id))`
  const clients = [
    ...[apps.asker, ...apps.forPeople].map((app) => clientOf(app, 'authorization_code')),
    ...apps.forThemselves.map((app) => clientOf(app, 'client_credentials')),
  ]
  const rows = clients.map((payload) => ({ id: payload.client_id, payload }))
  await sql`
    insert into records (model, id, payload)
    select 'Client', c.id, c.payload from json_to_recordset(${JSON.stringify(rows)}::text::json) c(id text, payload jsonb)`
  await fillTokens(sql, 'AccessToken', 'person', counts.personTokens, apps.forPeople)
  await fillTokens(sql, 'ClientCredentials', 'app', counts.appTokens, apps.forThemselves)
  await sql`
    insert into records (model, id, payload, expires_at)
    select 'Grant', t.payload ->> 'grantId', jsonb_build_object('jti', t.payload ->> 'grantId', 'kind', 'Grant',
      'iat', t.payload -> 'iat', 'exp', t.payload -> 'exp', 'accountId', t.payload ->> 'accountId',
      'clientId', t.payload ->> 'clientId', 'openid', jsonb_build_object('scope', t.payload ->> 'scope')), t.expires_at
    from records t where t.model = 'AccessToken'`
  await sql`vacuum analyze records`
  await sql.end()
}

function clientOf(app: MadeApp, grantType: string) {
  const isCode = grantType === 'authorization_code'
  return {
    client_id: app.clientId,
    client_secret: app.secret,
    grant_types: [grantType],
    response_types: isCode ? ['code'] : [],
    redirect_uris: isCode ? ['https://app.example.com/callback'] : [],
    scope: SCOPES.join(' '),
  }
}

async function fillTokens(
  sql: postgres.Sql,
  model: string,
  kind: 'person' | 'app',
  count: number,
  apps: MadeApp[],
): Promise<void> {
  const clientIds = apps.map((app) => app.clientId)
  await sql`
    insert into records (model, id, payload, expires_at)
    select ${model}, v.value, jsonb_build_object('jti', v.value, 'kind', ${model}::text, 'scope', ${SCOPES.join(' ')}::text,
        'iat', extract(epoch from now())::int, 'exp', extract(epoch from now())::int + 86400,
        'clientId', (${clientIds}::text[])[1 + n % ${clientIds.length}::int])
      || case when ${kind === 'person'} then jsonb_build_object('grantId', 'grant-' || n, 'accountId', 'person-' || n,
        'gty', 'authorization_code') else '{}' end, now() + interval '1 day'
    from generate_series(1, ${count}::int) n, lateral (select encode(sha256((${kind} || ' ' || n)::bytea), 'hex') as value) v`
}
