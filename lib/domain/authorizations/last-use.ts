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
  await writeUses('connected_apps', held.apps)
  // Family, yes, installation: one after the other, so that nobody who holds a yes and wants its families waits for this.
  const yeses = await writeUses('token_families', held.families, 'authorization')
  const installations = await writeUses('authorizations', yeses, 'installation')
  await writeUses('installations', installations)
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

function inOrder<At>(uses: Slice<At>): [uuid: string, at: At][] {
  return uses.sort(([one], [other]) => (one < other ? -1 : 1)).map(([id, at]) => [uuidOf(id), at])
}

type Used = 'connected_apps' | 'installations' | 'token_families' | 'authorizations'

/**
 * Writes when rows were used, some at a time and each time in the order of their ids: of two that write the same rows at once one
 * waits for the other, and never both. Returns when what they hang on was used by them, which several may share.
 */
async function writeUses(
  table: Used,
  uses: Map<string, number>,
  on?: 'authorization' | 'installation',
): Promise<Map<string, number>> {
  const sql = tokenSql()
  const latest = new Map<string, number>()
  for (const slice of slicesOf(uses)) {
    const given = JSON.stringify(inOrder(slice).map(([id, at]) => ({ id, at })))
    const rows = await sql<{ on: string; at: number }[]>`
      update ${sql(table)} t set last_used_at = greatest(t.last_used_at, u.at)
      from (
        select held.id, to_timestamp(given.at / 1000) as at, given.at as milliseconds from ${sql(table)} held
        join json_to_recordset(${given}::text::json) as given (id uuid, at float8) on given.id = held.id
        order by held.id for no key update of held) u
      where t.id = u.id
      returning ${on ? sql(`t.${on}_id`) : sql`t.id`} as on, u.milliseconds as at`
    if (!on) continue
    for (const row of rows) {
      const id = idOf(on, row.on)
      latest.set(id, Math.max(row.at, latest.get(id) ?? 0))
    }
  }
  return latest
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
