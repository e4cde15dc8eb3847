import { and, eq, isNull, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { idempotencyKeys } from '#db/schema/api-calls'
import { open, seal } from '../../base/encryption.ts'
import { hashToken } from '../../base/secrets.ts'
import { IDEMPOTENCY_HOURS, UNDER_WAY_SECONDS } from './schema.ts'

/** What a request was answered, as it goes over the wire. */
export type KeptAnswer = { status: number; headers: Record<string, string>; body: string }

export type Begun =
  /** Nobody did it yet: do it, then `keepAnswer` or `letGo`. */
  | { is: 'first' }
  | { is: 'answered'; answer: KeptAnswer }
  /** The first request is being done at this moment. */
  | { is: 'under-way' }
  /** The first request was interrupted, and nobody knows whether it took effect. It is never done again. */
  | { is: 'interrupted' }
  /** The key stands for something else. */
  | { is: 'another' }

export type Once = { keyHash: Buffer; requestHash: Buffer }

/** Names one request of one caller by the key they chose. */
export function onceOf(caller: string, key: string, request: string): Once {
  return { keyHash: hashToken(JSON.stringify([caller, key])), requestHash: hashToken(request) }
}

/**
 * Takes a key for a request, before anything is done: of several at the same moment, in whatever process, one is first. A
 * key whose day is over can be taken anew.
 */
export async function beginOnce({ keyHash, requestHash }: Once): Promise<Begun> {
  const fresh = {
    requestHash,
    status: null,
    sealedAnswer: null,
    createdAt: sql`now()`,
    expiresAt: sql`now() + make_interval(hours => ${IDEMPOTENCY_HOURS})`,
  }
  const taken = await database()
    .insert(idempotencyKeys)
    .values({ keyHash, ...fresh })
    .onConflictDoUpdate({
      target: idempotencyKeys.keyHash,
      set: fresh,
      setWhere: sql`${idempotencyKeys.expiresAt} <= now()`,
    })
    .returning({ keyHash: idempotencyKeys.keyHash })
  if (taken.length > 0) return { is: 'first' }
  const [row] = await database()
    .select({
      requestHash: idempotencyKeys.requestHash,
      sealedAnswer: idempotencyKeys.sealedAnswer,
      isLongAgo: sql<boolean>`${idempotencyKeys.createdAt} < now() - make_interval(secs => ${UNDER_WAY_SECONDS})`,
    })
    .from(idempotencyKeys)
    .where(eq(idempotencyKeys.keyHash, keyHash))
  // Let go a moment ago: the next try takes it.
  if (!row) return { is: 'under-way' }
  if (!row.requestHash.equals(requestHash)) return { is: 'another' }
  if (row.sealedAnswer) return { is: 'answered', answer: opened(row.sealedAnswer, keyHash) }
  return { is: row.isLongAgo ? 'interrupted' : 'under-way' }
}

/** Keeps what a request was answered, sealed: it tells of an organization's people and apps. Secrets were taken out of it before. */
export async function keepAnswer({ keyHash }: Once, answer: KeptAnswer): Promise<void> {
  await database()
    .update(idempotencyKeys)
    .set({ status: answer.status, sealedAnswer: seal(JSON.stringify(answer), aboutKey(keyHash)) })
    .where(eq(idempotencyKeys.keyHash, keyHash))
}

/** Gives a key back: the request was refused, so nothing happened, and whoever mends it may use the key again. */
export async function letGo({ keyHash }: Once): Promise<void> {
  await database()
    .delete(idempotencyKeys)
    .where(and(eq(idempotencyKeys.keyHash, keyHash), isNull(idempotencyKeys.status)))
}

function opened(sealed: Buffer, keyHash: Buffer): KeptAnswer {
  return JSON.parse(open(sealed, aboutKey(keyHash)).toString())
}

function aboutKey(keyHash: Buffer): string {
  return `answer ${keyHash.toString('hex')}`
}
