import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import { z } from 'zod'
import { transaction } from '#db/client'
import { signingKeys } from '#db/schema/signing-keys'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { check } from '../permissions/check.ts'
import { DEPLOYMENT } from '../permissions/deployment.ts'
import { newKey } from './new-key.ts'
import { PUBLISHED_BEFORE_USE_MINUTES, SIGNING_ALGORITHMS } from './schema.ts'

const schema = z.object({ algorithm: z.enum(SIGNING_ALGORITHMS) })

/**
 * Makes a new key of an algorithm. It is published at once and signs after ten minutes; the keys before the one that
 * signs until then are retired, and stay published for a day. Operators only.
 */
export async function rotateSigningKey(
  actor: Actor,
  input: z.input<typeof schema>,
): Promise<{ signingKeyId: Id<'signingKey'> }> {
  const { algorithm } = parse(schema, input)
  const key = await newKey(algorithm)
  await transaction(async (tx) => {
    await check(tx, actor, 'signing-keys.rotate', DEPLOYMENT)
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('gatehouse signing keys'))`)
    await tx.insert(signingKeys).values(key)
    const signing = sql`(select k.id from signing_keys k where k.algorithm = ${algorithm} and k.retired_at is null
      and k.created_at < now() - make_interval(mins => ${PUBLISHED_BEFORE_USE_MINUTES}) order by k.created_at desc limit 1)`
    await tx
      .update(signingKeys)
      .set({ retiredAt: sql`now()` })
      .where(
        and(
          eq(signingKeys.algorithm, algorithm),
          isNull(signingKeys.retiredAt),
          ne(signingKeys.id, key.id),
          sql`${signingKeys.createdAt} < (select created_at from signing_keys where id = ${signing})`,
        ),
      )
    await record(tx, actor, {
      name: 'signing-key.rotated',
      rootOrganizationId: null,
      subject: { id: key.id, name: algorithm },
    })
  })
  return { signingKeyId: key.id }
}
