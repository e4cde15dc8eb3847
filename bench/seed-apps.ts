import { database, tokenSql } from '#db/client'
import { memberships } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { type Id, newId, uuidOf } from '#lib/base/ids'
import { type MadeOrganization, makeBusinessGroup, makeOrganization } from '#test/factories'
import { prepareChance, SECOND_WORDS, SYLLABLES } from './chance.ts'

const GROUPS = 20
const OWNERS = 200

export type SeededApps = { organization: MadeOrganization; group: MadeOrganization; ownerId: Id<'user'> }

/**
 * An organization with that many apps, as years leave them: twenty business groups, two hundred owners, one app in ten
 * disabled, one in eight acting for itself, one in two hundred due for rotation, secrets up to three years old.
 */
export async function seedApps(count: number): Promise<SeededApps> {
  const sql = tokenSql()
  // Built once at the end, an index of a hundred thousand rows takes seconds instead of minutes.
  const [found] = await sql<{ indexdef: string }[]>`
    select indexdef from pg_indexes where indexname = 'app_search_by_words_and_facets'`
  await sql`drop index app_search_by_words_and_facets`
  const organization = await makeOrganization({ name: 'Bench' })
  const groups: MadeOrganization[] = []
  for (let at = 0; at < GROUPS; at++) groups.push(await makeBusinessGroup(organization))
  const ownerIds = await seedOwners(organization)
  await prepareChance()
  const places = [organization, ...groups].map((place) => uuidOf(place.id))
  const owners = ownerIds.map(uuidOf)
  await sql`
    insert into connected_apps (id, client_id, organization_id, root_organization_id, name, acts_as, client_type, grant_types,
      redirect_uris, scopes, audience, created_by, owner_id, created_at, last_used_at, disabled_at, rotation_due_since)
    select uuidv7(), md5('app ' || n), (${places}::uuid[])[1 + bench_one_of('place', n, ${places.length}::int)], ${uuidOf(organization.id)}::uuid,
      (${SYLLABLES}::text[])[1 + bench_one_of('first', n, 20)] || lower((${SYLLABLES}::text[])[1 + bench_one_of('then', n, 20)]) || ' '
        || (${SECOND_WORDS}::text[])[1 + bench_one_of('second', n, 15)] || ' ' || n,
      case when acts.itself then 'itself' else 'user' end::acts_as,
      case when not acts.itself and bench_one_of('runs', n, 5) = 0 then 'browser' else 'server' end::client_type,
      case when acts.itself then '{client_credentials}' else '{authorization_code,refresh_token}' end::text[],
      case when acts.itself then '{}' else array['https://app' || n % 5000 || '.example.com/callback'] end::text[],
      case when bench_one_of('scopes', n, 9) = 0 then '{email,openid,profile}' else '{openid,profile}' end::text[],
      case when bench_one_of('audience', n, 12) = 0 then 'everyone' else 'internal' end::app_audience,
      owner.id, owner.id, now() - n * interval '17 minutes',
      case when bench_one_of('idle', n, 6) > 0 then now() - bench_one_of('used', n, 100000) * interval '1 minute' end,
      case when bench_one_of('state', n, 10) = 0 then now() end, case when bench_one_of('due', n, 200) = 0 then now() end
    from generate_series(1, ${count}::int) n,
      lateral (select bench_one_of('acts', n, 8) = 0 as itself) acts,
      lateral (select (${owners}::uuid[])[1 + bench_one_of('owner', n, ${owners.length}::int)] as id) owner`
  await sql`
    insert into app_secrets (id, app_id, name, hash, last_four, source, created_at, last_used_at)
    select uuidv7(), a.id, 'Production', sha256(convert_to(a.id::text, 'UTF8')), 'abcd', 'generated',
      now() - abs(hashtext(a.client_id)) % 1000 * interval '1 day', now()
    from connected_apps a where a.client_type = 'server' and a.root_organization_id = ${uuidOf(organization.id)}::uuid`
  await sql.unsafe(found?.indexdef ?? '')
  return { organization, group: groups[0] ?? organization, ownerId: ownerIds[0] ?? organization.owner.id }
}

async function seedOwners(organization: MadeOrganization): Promise<Id<'user'>[]> {
  const people = Array.from({ length: OWNERS }, (_, at) => ({
    id: newId('user'),
    username: `owner-${at}`,
    email: `owner-${at}@example.com`,
    fullName: `Owner ${at}`,
  }))
  await database().insert(users).values(people)
  await database()
    .insert(memberships)
    .values(
      people.map((person) => ({
        id: newId('membership'),
        userId: person.id,
        organizationId: organization.id,
        rootOrganizationId: organization.id,
        role: 'developer' as const,
      })),
    )
  return people.map((person) => person.id)
}
