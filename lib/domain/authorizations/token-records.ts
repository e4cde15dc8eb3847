import { tokenSql } from '#db/client'
import { type Id, uuidOf } from '../../base/ids.ts'
import { microBatch } from '../../base/micro-batch.ts'
import type { TokenKind } from './find-live-tokens.ts'

/** A code or token about to be issued. It hangs on a token family, or, for an app acting for itself, on the app's epoch. */
export type NewToken = {
  hash: Buffer
  kind: TokenKind
  appId: Id<'app'>
  expiresAtSeconds: number
  /** Without any plain value: what is stored must not be enough to use the token. */
  payload: Record<string, unknown>
  /** A JWT: the value hashed is all of it. */
  isJwt?: boolean
} & ({ familyId: Id<'tokenFamily'> } | { appEpoch: number })

/**
 * Keeps a new code or token; resolves once it is committed. Tokens issued at the same moment share one statement and one
 * flush to disk. It says nothing about whether the token is alive: one whose family ended meanwhile is born dead.
 */
export const insertToken: (token: NewToken) => Promise<void> = microBatch(async (tokens: NewToken[]) => {
  const sql = tokenSql()
  const rows = tokens.map((token) => ({
    hash: token.hash.toString('base64'),
    kind: token.kind,
    app_id: uuidOf(token.appId),
    family_id: 'familyId' in token ? uuidOf(token.familyId) : null,
    app_epoch: 'appEpoch' in token ? token.appEpoch : null,
    payload: token.payload,
    is_jwt: token.isJwt ?? false,
    expires_at: token.expiresAtSeconds,
  }))
  await sql`
    insert into tokens (hash, kind, app_id, family_id, app_epoch, payload, is_jwt, expires_at)
    select decode(t.hash, 'base64'), t.kind, t.app_id, t.family_id, t.app_epoch, t.payload, t.is_jwt, to_timestamp(t.expires_at)
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as t(hash text, kind token_kind, app_id uuid, family_id uuid,
      app_epoch integer, payload jsonb, is_jwt boolean, expires_at double precision)`
  return tokens.map(() => undefined)
})

/** Marks a code or refresh token as used. True for exactly one of all who try at once; false for everyone after. */
export async function consumeToken(hash: Buffer): Promise<boolean> {
  const consumed = await tokenSql()`
    update tokens set consumed_at = now() where hash = ${hash} and consumed_at is null and ended_at is null returning 1`
  return consumed.length === 1
}

/** Ends one token (RFC 7009); whatever else came from the same code lives on. */
export async function endToken(hash: Buffer): Promise<void> {
  await tokenSql()`update tokens set ended_at = now() where hash = ${hash} and ended_at is null`
}
