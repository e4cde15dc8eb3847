import { tokenSql } from '#db/client'
import { open, seal } from '../../base/encryption.ts'
import { type Id, uuidOf } from '../../base/ids.ts'
import { keyFor } from '../../base/secret-key.ts'
import { hashSecret, hashToken } from '../../base/secrets.ts'

/** What the authorization server remembers between two requests and that is no token. */
export type ProtocolRecord = {
  /** The provider's name of its kind: Session, Interaction, DeviceCode… */
  model: string
  /** The plain id: often a cookie's value, so that only its hash is kept. */
  id: string
  payload: Record<string, unknown>
  expiresAtSeconds: number
  uid?: string | undefined
  userCode?: string | undefined
  /** Our session it stands on: once that one has ended, the record is no longer found. */
  sessionId?: Id<'session'> | undefined
}

export type FoundRecord = { payload: Record<string, unknown>; consumedAtSeconds: number | undefined }

/** Keeps a record, or replaces it. Nothing of it can be read from the database alone: ids are hashed, the payload is sealed. */
export async function keepProtocolRecord(record: ProtocolRecord): Promise<void> {
  const idHash = hashToken(record.id)
  await tokenSql()`
    insert into protocol_records (model, id_hash, uid_hash, user_code_hash, session_id, sealed_payload, expires_at)
    values (${record.model}, ${idHash}, ${record.uid ? hashToken(record.uid) : null}, ${record.userCode ? hashUserCode(record.userCode) : null},
      ${record.sessionId ? uuidOf(record.sessionId) : null},
      ${seal(JSON.stringify(record.payload), aboutOf(record.model, idHash))}, to_timestamp(${record.expiresAtSeconds}))
    on conflict (model, id_hash) do update set
      uid_hash = excluded.uid_hash,
      user_code_hash = coalesce(excluded.user_code_hash, protocol_records.user_code_hash),
      session_id = excluded.session_id,
      sealed_payload = excluded.sealed_payload,
      expires_at = excluded.expires_at`
}

/** Keeps a record unless it is there already; whether it was new. What two try to keep at once is new for one of them. */
export async function keepOnce(record: ProtocolRecord): Promise<boolean> {
  const idHash = hashToken(record.id)
  const kept = await tokenSql()`
    insert into protocol_records (model, id_hash, sealed_payload, expires_at)
    values (${record.model}, ${idHash}, ${seal(JSON.stringify(record.payload), aboutOf(record.model, idHash))},
      to_timestamp(${record.expiresAtSeconds}))
    on conflict (model, id_hash) do nothing returning 1`
  return kept.length === 1
}

export function findProtocolRecord(model: string, id: string): Promise<FoundRecord | undefined> {
  return find(model, { id_hash: hashToken(id) })
}

export function findProtocolRecordByUid(model: string, uid: string): Promise<FoundRecord | undefined> {
  return find(model, { uid_hash: hashToken(uid) })
}

export function findProtocolRecordByUserCode(
  model: string,
  userCode: string,
): Promise<FoundRecord | undefined> {
  return find(model, { user_code_hash: hashUserCode(userCode) })
}

/** Marks a record as used: true for exactly one of all who try at once. */
export async function consumeProtocolRecord(model: string, id: string): Promise<boolean> {
  const consumed = await tokenSql()`
    update protocol_records set consumed_at = now()
    where model = ${model} and id_hash = ${hashToken(id)} and consumed_at is null returning 1`
  return consumed.length === 1
}

export async function dropProtocolRecord(model: string, id: string): Promise<void> {
  await tokenSql()`delete from protocol_records where model = ${model} and id_hash = ${hashToken(id)}`
}

/** Found when it has expired, too, until it is purged: a device hears that it began too long ago (RFC 8628 §3.5), and so does its person. */
export const TOLD_OF_EXPIRY = 'DeviceCode'

type Row = { id_hash: Buffer; sealed_payload: Buffer; consumed_at: number | null }

/**
 * A record that stands on a session of ours is found while that one lives, and after its person signed in anew at the
 * same browser: whoever asks compares the two persons, and the record goes on with the new session.
 */
async function find(
  model: string,
  by: { id_hash: Buffer } | { uid_hash: Buffer } | { user_code_hash: Buffer },
): Promise<FoundRecord | undefined> {
  const sql = tokenSql()
  const [column, hash] = Object.entries(by)[0] as [string, Buffer]
  const [row] = await sql<Row[]>`
    select r.id_hash, r.sealed_payload, extract(epoch from r.consumed_at)::float8 as consumed_at
    from protocol_records r
    left join sessions s on s.id = r.session_id
    left join users u on u.id = s.user_id
    where r.model = ${model} and r.${sql(column)} = ${hash}
      and (r.expires_at > now() or ${model === TOLD_OF_EXPIRY})
      and (r.session_id is null or ((s.ended_at is null or s.ended_reason = 'signed-in-again') and s.expires_at > now()
        and u.ended_at is null and u.deactivated_at is null))`
  const payload = row && unsealed(row, model)
  return (
    payload && {
      payload,
      consumedAtSeconds: row.consumed_at === null ? undefined : Math.floor(row.consumed_at),
    }
  )
}

/** A record sealed under a key we no longer hold is one we no longer have. */
function unsealed(row: Row, model: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(open(row.sealed_payload, aboutOf(model, row.id_hash)).toString()) as Record<
      string,
      unknown
    >
  } catch {
    return undefined
  }
}

function aboutOf(model: string, idHash: Buffer): string {
  return `${model} ${idHash.toString('base64')}`
}

/** A user code is short enough to be guessed from a plain digest. */
function hashUserCode(userCode: string): Buffer {
  return hashSecret(userCode, keyFor('token-hashing'))
}
