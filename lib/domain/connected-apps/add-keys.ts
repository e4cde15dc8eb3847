import { and, count, eq, isNull, lte, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { appKeys } from '#db/schema/connected-apps'
import { type Id, newId } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import {
  type AddKeysInput,
  addKeysSchema,
  KEYS_PER_APP_MAX,
  NO_SECRET_SENTENCE,
} from './credentials-schema.ts'
import { openApp } from './open-app.ts'
import { type PublicKey, readKeys } from './read-keys.ts'
import { refuseToReachFurther } from './refuse-to-reach-further.ts'
import { settleLife } from './settle-life.ts'

export type AddedKey = { keyId: Id<'appKey'>; kid: string }

/**
 * Gives an app public keys that it may sign client assertions with (private_key_jwt; RFC 7523 §2.2, OpenID Connect Core
 * §9), beside its secrets. They come as a JWK, a JWKS or PEM, all of them good or none is taken. Refuses private halves,
 * weak and unknown keys, an ID (kid) that the app has already, the eleventh live key, public clients, and whoever holds fewer rights than the
 * app does.
 */
export async function addKeys(actor: Actor, input: AddKeysInput): Promise<{ keys: AddedKey[] }> {
  const { appId, name, keys: given, ...life } = parse(addKeysSchema, input)
  return transaction(async (tx) => {
    const app = await openApp(tx, actor, appId, 'connected-apps.change-keys')
    if (app.clientType !== 'server') throw new Refusal('invalid', NO_SECRET_SENTENCE)
    await refuseToReachFurther(tx, actor, app)
    const read = readKeys(typeof given === 'string' ? given : JSON.stringify(given))
    if ('error' in read) throw new Refusal('invalid', read.error, { keys: read.error })
    // The organization's rule is about secrets: a key that is known to everybody gets no older by being known.
    const end = await settleLife(tx, null, life)
    await makeRoom(tx, appId, read.keys.length)
    const rows = read.keys.map(({ kid, jwk }) => ({
      id: newId('appKey'),
      appId,
      name: nameOf(name, kid, read.keys),
      kid,
      publicJwk: jwk,
      createdBy: personOf(actor),
      ...end,
    }))
    await tx.insert(appKeys).values(rows)
    for (const { id, name: keyName, kid } of rows) {
      await record(tx, actor, {
        name: 'connected-app.key-added',
        rootOrganizationId: app.rootOrganizationId,
        organizationId: app.organizationId,
        appId,
        subject: { id: appId, name: app.name },
        details: { keyId: id, keyName, kid, expiresAt: end.expiresAt?.toISOString() ?? null },
      })
    }
    return { keys: rows.map(({ id, kid }) => ({ keyId: id, kid })) }
  })
}

/** What ran out makes room, and leaves its ID to others. */
async function makeRoom(tx: Transaction, appId: Id<'app'>, wanted: number): Promise<void> {
  await tx
    .update(appKeys)
    .set({ endedAt: sql`${appKeys.expiresAt}` })
    .where(and(eq(appKeys.appId, appId), isNull(appKeys.endedAt), lte(appKeys.expiresAt, sql`now()`)))
  const [row] = await tx
    .select({ live: count() })
    .from(appKeys)
    .where(and(eq(appKeys.appId, appId), isNull(appKeys.endedAt)))
  if ((row?.live ?? 0) + wanted <= KEYS_PER_APP_MAX) return
  const sentence = `An app has at most ${KEYS_PER_APP_MAX} keys. End one of them first.`
  throw new Refusal('limit-reached', sentence, { keys: sentence })
}

/** Several keys of one name are told apart by their IDs. */
function nameOf(name: string | undefined, kid: string, all: readonly PublicKey[]): string {
  if (!name) return kid.slice(0, 100)
  return all.length === 1 ? name : `${name} (${kid})`.slice(0, 100)
}
