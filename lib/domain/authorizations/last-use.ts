import { tokenSql } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { log } from '../../base/log.ts'

/** How long a use may wait to be written: what a crash can lose. */
const FLUSH_SECONDS = 10
/** A family and what it hangs on are written only when the recorded use is older than this: there are a million of them. */
const FAMILY_STALE_MINUTES = 5

export type Use = {
  appId: Id<'app'>
  secret?: { secretId: Id<'secret'>; ip?: string | undefined }
  key?: { keyId: Id<'appKey'>; ip?: string | undefined }
  /** Its yes and the app's installation are used with it. `lastUsedAt`: as far as it is known. */
  family?: { familyId: Id<'tokenFamily'>; lastUsedAt: Date | null }
}

/** As many rows as one statement writes: what is due in between is answered in between. */
const WRITTEN_AT_ONCE = 500

/** Ids and milliseconds as they come: they are turned into what the database takes when they are written. */
type Gathered = {
  apps: Map<string, number>
  families: Map<string, number>
  secrets: Map<string, { at: number; ip: string | undefined }>
  keys: Map<string, { at: number; ip: string | undefined }>
  timer: NodeJS.Timeout | undefined
}

/** Native Node and Next's bundle each load this file: uses gather in one place. */
const shared = globalThis as typeof globalThis & { gatehouseLastUse?: Gathered }

/** Remembers that a token was issued or shown, in memory for ten seconds at most: the one truth that may be lost in a crash. */
export function noteUse(use: Use): void {
  const held = gathered()
  const now = Date.now()
  held.apps.set(use.appId, now)
  if (use.secret) held.secrets.set(use.secret.secretId, { at: now, ip: use.secret.ip })
  if (use.key) held.keys.set(use.key.keyId, { at: now, ip: use.key.ip })
  if (use.family && isStale(use.family.lastUsedAt, now)) held.families.set(use.family.familyId, now)
  held.timer ??= setTimeout(flushOrSay, FLUSH_SECONDS * 1000).unref()
}

/** Writes what was gathered. A use already recorded later stays. */
export async function flushLastUse(): Promise<void> {
  const held = gathered()
  clearTimeout(held.timer)
  shared.gatehouseLastUse = undefined
  for (const uses of slicesOf(held.apps)) await writeUse('connected_apps', uses)
  const installations = new Map<string, number>()
  for (const uses of slicesOf(held.families))
    for (const { id, at } of await writeUseOfFamilies(uses))
      installations.set(id, Math.max(at, installations.get(id) ?? 0))
  for (const uses of slicesOf(installations)) await writeUse('installations', uses)
  for (const uses of slicesOf(held.secrets)) await writeUseWithAddress('app_secrets', uses)
  for (const uses of slicesOf(held.keys)) await writeUseWithAddress('app_keys', uses)
}

async function flushOrSay(): Promise<void> {
  await flushLastUse().catch((error: unknown) => log().warn({ err: error }, 'last use was not written'))
}

type Slice<At> = [id: string, at: At][]

function* slicesOf<At>(uses: Map<string, At>): Generator<Slice<At>> {
  const all = [...uses]
  for (let from = 0; from < all.length; from += WRITTEN_AT_ONCE) yield all.slice(from, from + WRITTEN_AT_ONCE)
}

/** In the order of their ids: two processes that write the same rows at once hardly ever wait for each other in a circle. */
function inOrder<At>(uses: Slice<At>): [uuid: string, at: At][] {
  return uses.sort(([one], [other]) => (one < other ? -1 : 1)).map(([id, at]) => [uuidOf(id), at])
}

async function writeUse(table: 'connected_apps' | 'installations', uses: Slice<number>): Promise<void> {
  const sql = tokenSql()
  await sql`
    update ${sql(table)} t set last_used_at = greatest(t.last_used_at, u.at) from ${used(uses)} where t.id = u.id`
}

/** Families and their yeses; several may be of one. Returns when which installations were used by them, which many of them share. */
async function writeUseOfFamilies(uses: Slice<number>): Promise<{ id: Id<'installation'>; at: number }[]> {
  const rows = await tokenSql()<{ id: string; at: number }[]>`
    with families as (
      update token_families t set last_used_at = greatest(t.last_used_at, u.at) from ${used(uses)} where t.id = u.id
      returning t.authorization_id, u.at),
    yeses as (
      update authorizations t set last_used_at = greatest(t.last_used_at, u.at)
      from (select authorization_id as id, max(at) as at from families group by authorization_id) u where t.id = u.id
      returning t.installation_id, u.at)
    select installation_id as id, round(extract(epoch from max(at)) * 1000)::float8 as at from yeses group by installation_id`
  return rows.map(({ id, at }) => ({ id: idOf('installation', id), at }))
}

/** The rows \`u (id, at)\`, as one value however many. */
function used(uses: Slice<number>) {
  const rows = inOrder(uses).map(([id, at]) => ({ id, at }))
  return tokenSql()`(
    select id, to_timestamp(at / 1000) as at
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as given (id uuid, at float8)) u`
}

async function writeUseWithAddress(
  table: 'app_secrets' | 'app_keys',
  uses: Slice<{ at: number; ip: string | undefined }>,
): Promise<void> {
  const sql = tokenSql()
  const rows = inOrder(uses).map(([id, { at, ip }]) => ({ id, at: new Date(at), ip }))
  await sql`
    update ${sql(table)} t set last_used_at = u.at, last_used_ip = u.ip
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as u(id uuid, at timestamptz, ip inet)
    where t.id = u.id and (t.last_used_at is null or t.last_used_at <= u.at)`
}

function isStale(recorded: Date | null, now: number): boolean {
  return recorded === null || now - recorded.getTime() > FAMILY_STALE_MINUTES * 60_000
}

function gathered(): Gathered {
  shared.gatehouseLastUse ??= {
    apps: new Map(),
    families: new Map(),
    secrets: new Map(),
    keys: new Map(),
    timer: undefined,
  }
  return shared.gatehouseLastUse
}
