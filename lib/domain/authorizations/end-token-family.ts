import { eq, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { tokenFamilies } from '#db/schema/authorizations'
import type { Id } from '../../base/ids.ts'
import { record } from '../audit/record.ts'
import type { AppActor } from '../permissions/actor.ts'
import { openTokenFamily } from './open-token-family.ts'

export type FamilyEnd = 'reuse' | 'replay' | 'revoked-by-app'

/**
 * Ends all tokens that came from one code: because a refresh token or the code was used again (RFC 9700 §4.14.2,
 * RFC 6749 §4.1.2), or because the app gave them back (RFC 7009). The person's yes stands. A family that has ended
 * stays as it is. Refuses an app whose family it is not.
 */
export async function endTokenFamily(
  actor: AppActor,
  input: { familyId: Id<'tokenFamily'>; reason: FamilyEnd },
): Promise<void> {
  await transaction(async (tx) => {
    const family = await openTokenFamily(tx, actor, input.familyId)
    if (family.endedAt) return
    await tx
      .update(tokenFamilies)
      .set({ endedAt: sql`now()`, endedReason: input.reason })
      .where(eq(tokenFamilies.id, family.id))
    await record(tx, actor, {
      name: 'token-family.ended',
      rootOrganizationId: family.rootOrganizationId,
      appId: family.app.id,
      subject: { id: family.app.id, name: family.app.name },
      details: { familyId: family.id, reason: input.reason },
    })
  })
}
