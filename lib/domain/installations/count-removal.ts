import { type SQL, sql } from 'drizzle-orm'
import { database, doAlone, type Transaction, transaction } from '#db/client'
import { enqueueJob } from '#db/jobs'
import { type Id, uuidOf } from '../../base/ids.ts'

/** So many authorizations are counted in one transaction. */
const BATCH = 1_000
/** Then whoever else waits for the queue has their turn. */
const BATCHES_AT_A_TIME = 20
/** No JWT lives longer (`apis_jwts_live_five_minutes_at_most`), and they are remembered to the full minute. */
const JWT_MINUTES_MAX = 6

/**
 * Counts to the end what a removal ended, a thousand authorizations at a time, each thousand with how far that is: broken
 * off at any point, it goes on from there and counts nothing twice. Of two jobs that come to the same removal one counts.
 * What is counted stood at the moment of the removal; what became of it since makes no difference.
 */
export async function countRemoval(
  { removalId }: { removalId: string },
  { abortSignal }: { abortSignal?: AbortSignal } = {},
): Promise<void> {
  let isMore = false
  await doAlone(`count-removal ${removalId}`, async () => {
    const removal = sql`${uuidOf(removalId)}::uuid`
    await noteJwts(removal)
    isMore = true
    for (let batch = 0; batch < BATCHES_AT_A_TIME && isMore; batch += 1) {
      abortSignal?.throwIfAborted()
      isMore = await transaction((tx) => countSome(tx, removal))
    }
  })
  if (isMore)
    await transaction((tx) => enqueueJob(tx, 'count-removal', { removalId }, removalId as Id<'removal'>))
}

/** Until when JWTs may be accepted: known only now, because one issued while the removal was committed counts too. */
async function noteJwts(removal: SQL): Promise<void> {
  await database().execute(sql`
    update removals r set jwts_seen_at = clock_timestamp(), jwts_until = ${jwtsUntilOf}
    where r.id = ${removal} and r.jwts_seen_at is null`)
}

/**
 * Until when JWTs that were out when the removal `r` was made may be accepted. An installation remembers the latest of all
 * its people, also of those who came after; none of before lives longer than a JWT may.
 */
export const jwtsUntilOf = sql`(
  select max(case when p.authorization_id is null
    then least(i.jwts_until, date_trunc('minute', r.removed_at) + make_interval(mins => ${JWT_MINUTES_MAX}))
    else (select date_trunc('minute', max(t.expires_at) + interval '59.999 seconds')
      from token_families f join tokens t on t.family_id = f.id
      where f.authorization_id = p.authorization_id and t.is_jwt) end)
  from removal_parts p join installations i on i.id = p.installation_id
  where p.removal_id = r.id and i.jwts_until > r.removed_at)`

type Part = {
  number: number
  installation: string
  epoch: number
  yes: string | null
  countedTo: string | null
  removedAt: string
}
type Counted = { authorizations: number; families: number; tokens: number; last: string | null }

/** Counts some of the part that is next, and says whether there is more. */
async function countSome(tx: Transaction, removal: SQL): Promise<boolean> {
  const [part] = await tx.execute<Part>(sql`
    select p.number, p.installation_id as installation, p.epoch, p.authorization_id as yes,
      p.counted_to as "countedTo", r.removed_at::text as "removedAt"
    from removals r join removal_parts p on p.removal_id = r.id
    where r.id = ${removal} and p.counted_at is null
    order by p.number limit 1 for update of p`)
  if (!part) {
    await tx.execute(sql`
      update removals set counted_at = clock_timestamp() where id = ${removal} and counted_at is null`)
    return false
  }
  const [counted] = await tx.execute<Counted>(countOf(part))
  if (!counted) throw new Error('A count returned no row.')
  const isOver = part.yes !== null || counted.authorizations < BATCH
  const { authorizations, families, tokens, last } = counted
  await tx.execute(sql`
    with counted as (
      update removal_parts set authorizations = authorizations + ${authorizations}, families = families + ${families},
        tokens = tokens + ${tokens}, counted_to = coalesce(${last}::uuid, counted_to),
        counted_at = case when ${isOver} then clock_timestamp() end
      where removal_id = ${removal} and number = ${part.number} returning removal_id)
    update removals set authorizations = authorizations + ${authorizations}, families = families + ${families},
      tokens = tokens + ${tokens}, counting_at = clock_timestamp()
    where id = (select removal_id from counted)`)
  return true
}

/** The next thousand of an epoch in the order of their memberships, or one authorization; with their families and tokens. */
function countOf({ installation, epoch, yes, countedTo, removedAt }: Part): SQL {
  const at = sql`${removedAt}::timestamptz`
  const stood = (row: SQL) => sql`(${row}.ended_at is null or ${row}.ended_at > ${at})`
  const these = yes
    ? sql`a.id = ${yes}::uuid`
    : sql`a.installation_id = ${installation}::uuid and a.epoch = ${epoch} and a.ended_at is null
        and ${countedTo ? sql`a.membership_id > ${countedTo}::uuid` : sql`true`}`
  return sql`
    with yeses as materialized (
      select a.id, a.membership_id from authorizations a
      join users u on u.id = a.user_id and ${stood(sql`u`)}
      join memberships m on m.id = a.membership_id and ${stood(sql`m`)}
      where ${these} and not exists (
        select from allowlist_entries e where e.root_organization_id = a.root_organization_id and e.app_id = a.app_id
          and e.ends_at <= ${at} and (e.id = a.entry_id or a.created_at <= e.end_set_at))
      order by a.membership_id limit ${BATCH}),
    ended as (
      select count(*) filter (where used.tokens > 0)::int as families, coalesce(sum(used.tokens), 0)::int as tokens
      from yeses
      join token_families f on f.authorization_id = yeses.id and ${stood(sql`f`)}
      cross join lateral (
        select count(*)::int as tokens from tokens t
        where t.family_id = f.id and ${stood(sql`t`)} and (t.consumed_at is null or t.consumed_at > ${at})
          and t.expires_at > ${at}) used)
    select (select count(*)::int from yeses) as authorizations, ended.families, ended.tokens,
      (select y.membership_id from yeses y order by y.membership_id desc limit 1) as last
    from ended`
}
