import { desc, sql } from 'drizzle-orm'
import { database, type Transaction, transaction } from '#db/client'
import { signingKeys } from '#db/schema/signing-keys'
import { open } from '../../base/encryption.ts'
import { newKey } from './new-key.ts'
import {
  PUBLISHED_AFTER_RETIREMENT_HOURS,
  PUBLISHED_BEFORE_USE_MINUTES,
  SIGNING_ALGORITHMS,
  type SigningAlgorithm,
} from './schema.ts'

/** A key pair with its private half, ready to sign. Never logged, never sent. */
export type SigningKey = { kid: string; alg: SigningAlgorithm } & Record<string, string>

type Row = typeof signingKeys.$inferSelect & { isSigning: boolean }

/**
 * Every published key, private halves opened; of each algorithm the one to sign with comes first. The first start makes
 * one of each, once, however many processes start at the same moment.
 */
export async function currentKeys(): Promise<SigningKey[]> {
  let rows = await publishedKeys(database())
  if (
    SIGNING_ALGORITHMS.some((algorithm) => !rows.some((row) => row.algorithm === algorithm && !row.retiredAt))
  ) {
    rows = await transaction(makeMissingKeys)
  }
  return rows.map((row) => JSON.parse(open(row.sealedPrivateJwk, row.id).toString()) as SigningKey)
}

/** What the published keys are at this moment, as a word that changes when they do. */
export async function keysFingerprint(): Promise<string> {
  return (await publishedKeys(database())).map((row) => row.id).join(' ')
}

async function publishedKeys(tx: Transaction | ReturnType<typeof database>): Promise<Row[]> {
  const isSigning = sql<boolean>`${signingKeys.retiredAt} is null and (
    ${signingKeys.createdAt} < now() - make_interval(mins => ${PUBLISHED_BEFORE_USE_MINUTES})
    or not exists (select from signing_keys older where older.algorithm = signing_keys.algorithm and older.retired_at is null and older.created_at < signing_keys.created_at))`
  return tx
    .select({
      id: signingKeys.id,
      algorithm: signingKeys.algorithm,
      publicJwk: signingKeys.publicJwk,
      sealedPrivateJwk: signingKeys.sealedPrivateJwk,
      createdAt: signingKeys.createdAt,
      retiredAt: signingKeys.retiredAt,
      isSigning,
    })
    .from(signingKeys)
    .where(
      sql`${signingKeys.retiredAt} is null or ${signingKeys.retiredAt} > now() - make_interval(hours => ${PUBLISHED_AFTER_RETIREMENT_HOURS})`,
    )
    .orderBy(desc(isSigning), desc(signingKeys.createdAt))
}

async function makeMissingKeys(tx: Transaction): Promise<Row[]> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse signing keys'))`)
  const rows = await publishedKeys(tx)
  const missing = SIGNING_ALGORITHMS.filter(
    (algorithm) => !rows.some((row) => row.algorithm === algorithm && !row.retiredAt),
  )
  for (const algorithm of missing) await tx.insert(signingKeys).values(await newKey(algorithm))
  return missing.length > 0 ? publishedKeys(tx) : rows
}
