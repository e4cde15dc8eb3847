import { database, tokenSql } from '#db/client'
import { apis, scopes } from '#db/schema/connected-apps'
import { newId, uuidOf } from '#lib/base/ids'
import { type MadeApp, type MadeOrganization, makeApp, makeOrganization } from '#test/factories'
import { prepareChance, SECOND_WORDS, SYLLABLES } from './chance.ts'

export const APPS = 5000
const PUBLISHERS = 50
const SCOPES = 40
/** Of each person, on average. Every third of the apps that few use is used by the same tenth of the people: they have some thirty. */
const APPS_OF_A_PERSON = 8
const BUSY_SHARE = 10
/** One person in so many has left. */
const LEFT_SHARE = 200

export type SeededAuthorizations = {
  organization: MadeOrganization
  /** The app that answers for the API of all scopes, and may introspect every token. */
  asker: MadeApp
  people: number
}

/** The client ID of the app that so many others are used more than, and the username of a person: the first ones have the most apps. */
export const clientIdOf = (rank: number) => `benchapp${String(rank).padStart(24, '0')}`
export const usernameOf = (number: number) => `person-${number}`
export const emailOf = (number: number) => `${usernameOf(number)}@example.com`

/**
 * A root organization whose people authorized 5,000 apps, as years leave it: the app of rank n has a share of 1/n of so many live
 * authorizations, each with a token family and a live access token; two apps in five are other organizations'. Each app
 * holds up to four different scope sets; last uses lie within a year, the most of them in its last weeks, and one yes in
 * twelve was never used. Besides what lives: yeses that were taken back or ended with an epoch, people who left, frozen,
 * blocked and disabled apps, an allowlist, and requests. The tokens have the numbers from 1 on (`plainToken`).
 */
export async function seedAuthorizations(authorizations: number): Promise<SeededAuthorizations> {
  await prepareChance()
  const organization = await makeOrganization({ name: 'Bench' })
  const asker = await makeApp({ organization, name: 'Bench API' })
  await seedScopes(organization, asker)
  const people = Math.round(authorizations / APPS_OF_A_PERSON)
  await seedMembers(organization, people)
  await seedUsedApps(organization)
  await seedYesesByRank(organization, { authorizations, people })
  await seedEnded(organization)
  await seedTokens(organization)
  await seedPolicy(organization)
  return { organization, asker, people }
}

async function seedScopes(organization: MadeOrganization, asker: MadeApp): Promise<void> {
  const apiId = newId('api')
  const { rootOrganizationId } = organization
  await database().insert(apis).values({
    id: apiId,
    rootOrganizationId,
    name: 'Bench',
    audience: 'https://bench.example.com',
    openTo: 'everyone',
    resourceServerAppId: asker.id,
  })
  const risks = ['low', 'low', 'medium', 'high'] as const
  await database()
    .insert(scopes)
    .values(
      Array.from({ length: SCOPES }, (_, at) => ({
        name: `bench:scope-${String(at).padStart(2, '0')}`,
        title: `Do thing ${at}`,
        description: `What thing ${at} is about.`,
        risk: risks[at % risks.length] ?? 'low',
        apiId,
      })),
    )
}

/** Members number 1 to `people`, and behind them those who left. */
async function seedMembers(organization: MadeOrganization, people: number): Promise<void> {
  const sql = tokenSql()
  const root = uuidOf(organization.id)
  const all = people + Math.ceil(people / LEFT_SHARE)
  await sql`
    insert into users (id, username, email, full_name, home_organization_id)
    select uuidv7(), 'person-' || n, 'person-' || n || '@example.com',
      (${SYLLABLES}::text[])[1 + bench_one_of('given', n, 20)] || lower((${SYLLABLES}::text[])[1 + bench_one_of('and', n, 20)]) || ' '
        || (${SYLLABLES}::text[])[1 + bench_one_of('family', n, 20)] || lower((${SYLLABLES}::text[])[1 + bench_one_of('name', n, 20)]),
      ${root}::uuid
    from generate_series(1, ${all}::int) n`
  await sql`
    create table bench_people as
    select split_part(u.username, '-', 2)::int as number, u.id as user_id, uuidv7() as membership_id from users u
    where u.username ~ '^person-[0-9]+$'`
  await sql`create unique index on bench_people (number)`
  await sql`
    insert into memberships (id, user_id, organization_id, root_organization_id, role, ended_at)
    select membership_id, user_id, ${root}::uuid, ${root}::uuid, 'member', case when number > ${people}::int then now() end
    from bench_people`
  await sql`analyze users, memberships, bench_people`
}

async function seedUsedApps(organization: MadeOrganization): Promise<void> {
  const sql = tokenSql()
  const publishers: MadeOrganization[] = []
  while (publishers.length < PUBLISHERS)
    publishers.push(await makeOrganization({ name: `Publisher ${publishers.length}` }))
  const [own, others] = [uuidOf(organization.id), publishers.map((one) => uuidOf(one.id))]
  const owner = uuidOf(organization.owner.id)
  await sql`
    insert into connected_apps (id, client_id, organization_id, root_organization_id, name, acts_as, client_type, grant_types,
      redirect_uris, scopes, audience, created_by, owner_id, created_at, disabled_at)
    select uuidv7(), 'benchapp' || lpad(n::text, 24, '0'), publisher.id, publisher.id,
      (${SYLLABLES}::text[])[1 + bench_one_of('first', n, 20)] || lower((${SYLLABLES}::text[])[1 + bench_one_of('then', n, 20)]) || ' '
        || (${SECOND_WORDS}::text[])[1 + bench_one_of('second', n, 15)] || ' ' || n,
      'user', 'server', '{authorization_code,refresh_token}', array['https://app' || n || '.example.com/callback'], asked.names,
      'everyone', ${owner}::uuid, ${owner}::uuid, now() - n * interval '3 hours', case when bench_one_of('state', n, 50) = 0 then now() end
    from generate_series(1, ${APPS}::int) n,
      lateral (select case when bench_one_of('own', n, 5) < 3 then ${own}::uuid
        else (${others}::uuid[])[1 + bench_one_of('publisher', n, ${PUBLISHERS}::int)] end as id) publisher,
      lateral (select array(select distinct 'bench:scope-' || lpad(bench_one_of('asks ' || k, n, ${SCOPES}::int)::text, 2, '0')
        from generate_series(1, 3 + bench_one_of('scopes', n, 8)) k order by 1) as names) asked`
  await sql`
    insert into installations (id, root_organization_id, app_id, epoch, created_at, first_authorized_at, last_used_at, frozen_at, blocked_at)
    select uuidv7(), ${own}::uuid, c.id, case when bench_one_of('epoch', n, 20) = 0 then 1 else 0 end, now() - interval '1 year', now() - interval '1 year',
      case when bench_one_of('idle', n, 20) > 0 then now() - (bench_one_of('used', n, 1000) / 1000.0) ^ 3 * interval '365 days' - n * interval '1 millisecond' end,
      case when bench_one_of('frozen', n, 100) = 0 and bench_one_of('blocked', n, 200) > 0 then now() end,
      case when bench_one_of('blocked', n, 200) = 0 then now() end
    from connected_apps c, lateral (select substr(c.client_id, 9)::int as n) ranked
    where c.client_id like 'benchapp%'`
  await sql`
    create table bench_apps as
    select substr(c.client_id, 9)::int as rank, c.id as app_id, c.scopes, i.id as installation_id, i.epoch
    from connected_apps c join installations i on i.app_id = c.id where c.client_id like 'benchapp%'`
  await sql`analyze connected_apps, installations, bench_apps`
}

/** Who uses an app: so many people in a row of a walk through all of them, each app with steps of its own. */
async function seedYesesByRank(
  organization: MadeOrganization,
  { authorizations, people }: { authorizations: number; people: number },
): Promise<void> {
  const sql = tokenSql()
  await sql`
    insert into authorizations (id, installation_id, root_organization_id, app_id, user_id, membership_id, scopes, epoch, created_at,
      updated_at, ip, user_agent, last_used_at)
    with shares as (
      select rank, floor((${authorizations}::int - ${APPS}::int) * sum(1.0 / rank) over (order by rank) / sum(1.0 / rank) over ()) as up_to
      from bench_apps),
    used as (
      select a.*, 1 + (s.up_to - lag(s.up_to, 1, 0) over (order by a.rank))::int as people,
        a.scopes[1 : greatest(1, cardinality(a.scopes) - 1)] as fewer, a.scopes[1 : 2] as two, a.scopes[1 : 1] as one
      from bench_apps a join shares s on s.rank = a.rank),
    walks as materialized (
      select u.*, walk.people as among, walk.step
      from used u, lateral (
        select p.people, p.step + (select min(k) from generate_series(0, 200) k where gcd(p.step + k, p.people) = 1) as step
        from (select case when u.rank % 3 = 0 and u.people * 2 < ${people}::int / ${BUSY_SHARE}::int then ${people}::int / ${BUSY_SHARE}::int
          else ${people}::int end as people, 1 + bench_one_of('step', u.rank, 997) as step) p) walk)
    select uuidv7(), w.installation_id, ${uuidOf(organization.id)}::uuid, w.app_id, p.user_id, p.membership_id,
      case bench_one_of('set ' || w.rank, k, 10) when 0 then w.one when 1 then w.two when 2 then w.fewer else w.scopes end,
      w.epoch, said.at, said.at, '192.0.2.7', 'Mozilla/5.0',
      case when bench_one_of('idle ' || w.rank, k, 12) > 0
        then now() - (bench_one_of('used ' || w.rank, k, 10000) / 10000.0) ^ 3 * (now() - said.at) - k * interval '1 millisecond' end
    from walks w cross join lateral generate_series(1, least(w.people, w.among)) k
    join bench_people p on p.number = 1 + (k::bigint * w.step + w.rank * 7919) % w.among,
    lateral (select now() - bench_one_of('said ' || w.rank, k, 365 * 24) * interval '1 hour' as at) said`
  await sql`analyze authorizations`
}

/** One yes in forty has a predecessor that was taken back, each of an app in its second epoch one of the first; whoever left had three. */
async function seedEnded(organization: MadeOrganization): Promise<void> {
  const sql = tokenSql()
  await sql`
    insert into authorizations (id, installation_id, root_organization_id, app_id, user_id, membership_id, scopes, epoch, created_at,
      updated_at, last_used_at, ended_at, ended_reason)
    select uuidv7(), installation_id, root_organization_id, app_id, user_id, membership_id, scopes,
      case when epoch = 1 then 0 else epoch end, created_at - interval '100 days', created_at - interval '100 days',
      created_at - interval '50 days', case when epoch = 0 then created_at end, case when epoch = 0 then 'removed-by-person'::authorization_end end
    from authorizations where epoch = 1 or abs(hashtext(id::text)::bigint) % 40 = 0`
  await sql`
    insert into authorizations (id, installation_id, root_organization_id, app_id, user_id, membership_id, scopes, epoch, created_at)
    select uuidv7(), a.installation_id, ${uuidOf(organization.id)}::uuid, a.app_id, m.user_id, m.id, a.scopes, a.epoch, now() - interval '300 days'
    from memberships m join bench_people p on p.membership_id = m.id
    cross join generate_series(0, 2) k join bench_apps a on a.rank = 1 + (p.number * 3 + k) % ${APPS}::int
    where m.ended_at is not null`
}

/** A family for each yes, the ended ones as well, and for one in twenty a second one; a token for each family that could use it. */
async function seedTokens(organization: MadeOrganization): Promise<void> {
  const sql = tokenSql()
  const root = uuidOf(organization.id)
  await sql`
    insert into token_families (id, authorization_id, scopes, created_at, ip, user_agent, last_used_at)
    select uuidv7(), a.id, a.scopes, a.created_at, '192.0.2.7', 'Mozilla/5.0', a.last_used_at
    from authorizations a cross join generate_series(1, case when abs(hashtext(a.id::text)::bigint) % 20 = 1 then 2 else 1 end)
    where a.root_organization_id = ${root}::uuid`
  await sql`
    insert into tokens (hash, kind, app_id, family_id, payload, expires_at)
    select sha256(convert_to(encode(sha256(convert_to('person ' || row_number() over (), 'UTF8')), 'hex'), 'UTF8')), 'access-token',
      a.app_id, f.id, jsonb_build_object('scope', array_to_string(f.scopes, ' '), 'iat', extract(epoch from now())::int,
        'exp', extract(epoch from now())::int + 86400, 'gty', 'authorization_code'), now() + interval '1 day'
    from (select f.* from live_authorizations l join token_families f on f.authorization_id = l.id
      join connected_apps c on c.id = l.app_id and c.disabled_at is null
      where l.root_organization_id = ${root}::uuid and not l.is_held order by l.app_id, f.id) f
    join authorizations a on a.id = f.authorization_id`
}

async function seedPolicy(organization: MadeOrganization): Promise<void> {
  const sql = tokenSql()
  const [root, owner] = [uuidOf(organization.id), uuidOf(organization.owner.id)]
  await sql`insert into allowlists (root_organization_id) values (${root})`
  await sql`
    insert into allowlist_entries (id, root_organization_id, app_id, scopes, origin, created_by, created_at, ended_at)
    select uuidv7(), ${root}::uuid, app_id, scopes[1 : 1 + bench_one_of('listed', rank, 6)], 'administrator', ${owner}::uuid,
      now() - interval '200 days', case when bench_one_of('unlisted', rank, 8) = 0 then now() end
    from bench_apps where rank % 10 = 0`
  await sql`
    insert into approval_requests (id, root_organization_id, app_id, scopes, app_name_seen, publisher_seen, redirect_hosts_seen, drafted_by,
      created_at, requested_at, expires_at, answer, answered_at, answered_by)
    select uuidv7(), ${root}::uuid, a.app_id, a.scopes, c.name, 'Publisher', '{app.example.com}', p.user_id, now() - interval '3 days',
      now() - a.rank * interval '40 seconds', now() + interval '27 days', case when a.rank % 4 = 0 then 'declined'::request_answer end,
      case when a.rank % 4 = 0 then now() end, case when a.rank % 4 = 0 then ${owner}::uuid end
    from bench_apps a join connected_apps c on c.id = a.app_id join bench_people p on p.number = 1 + a.rank % 900
    where a.rank % 9 = 0`
  await sql`
    insert into approval_requesters (request_id, user_id, reason)
    select r.id, p.user_id, 'I need it.' from approval_requests r, bench_people p where p.number <= 4`
}
