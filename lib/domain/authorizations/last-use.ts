import { tokenSql } from '#db/client'
import { type Id, uuidOf } from '../../base/ids.ts'
import { log } from '../../base/log.ts'

/** How long a use may wait to be written: what a crash can lose. */
const FLUSH_SECONDS = 10
/** A family and its yes are written only when the recorded use is older than this: there are a million of them. */
const FAMILY_STALE_MINUTES = 5

export type Use = {
  appId: Id<'app'>
  secret?: { secretId: Id<'secret'>; ip?: string | undefined }
  key?: { keyId: Id<'appKey'>; ip?: string | undefined }
  installationId?: Id<'installation'>
  family?: { familyId: Id<'tokenFamily'>; authorizationId: Id<'authorization'>; lastUsedAt: Date | null }
}

/** Ids and milliseconds as they come: they are turned into what the database takes when they are written. */
type Gathered = {
  apps: Map<string, number>
  installations: Map<string, number>
  families: Map<string, number>
  authorizations: Map<string, number>
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
  if (use.installationId) held.installations.set(use.installationId, now)
  if (use.secret) held.secrets.set(use.secret.secretId, { at: now, ip: use.secret.ip })
  if (use.key) held.keys.set(use.key.keyId, { at: now, ip: use.key.ip })
  if (use.family && isStale(use.family.lastUsedAt, now)) {
    held.families.set(use.family.familyId, now)
    held.authorizations.set(use.family.authorizationId, now)
  }
  held.timer ??= setTimeout(flushOrSay, FLUSH_SECONDS * 1000).unref()
}

/** Writes what was gathered. A use already recorded later stays. */
export async function flushLastUse(): Promise<void> {
  const held = gathered()
  clearTimeout(held.timer)
  shared.gatehouseLastUse = undefined
  await write('connected_apps', held.apps)
  await write('installations', held.installations)
  await write('token_families', held.families)
  await write('authorizations', held.authorizations)
  await writeWithAddress('app_secrets', held.secrets)
  await writeWithAddress('app_keys', held.keys)
}

async function flushOrSay(): Promise<void> {
  await flushLastUse().catch((error: unknown) => log().warn({ err: error }, 'last use was not written'))
}

async function write(table: string, uses: Map<string, number>): Promise<void> {
  if (uses.size === 0) return
  const sql = tokenSql()
  // In the order of their ids: two processes that flush at once never wait for each other in a circle.
  const rows = [...uses]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, at]) => ({ id: uuidOf(id), at: new Date(at) }))
  await sql`
    update ${sql(table)} t set last_used_at = greatest(t.last_used_at, u.at)
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as u(id uuid, at timestamptz) where t.id = u.id`
}

async function writeWithAddress(table: 'app_secrets' | 'app_keys', uses: Gathered['secrets']): Promise<void> {
  if (uses.size === 0) return
  const sql = tokenSql()
  const rows = [...uses]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { at, ip }]) => ({ id: uuidOf(id), at: new Date(at), ip }))
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
    installations: new Map(),
    families: new Map(),
    authorizations: new Map(),
    secrets: new Map(),
    keys: new Map(),
    timer: undefined,
  }
  return shared.gatehouseLastUse
}
