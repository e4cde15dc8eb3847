import { and, eq, isNull, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { tokenFamilies } from '#db/schema/authorizations'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import { findJwtsUntil } from '../connected-apps/find-jwts-until.ts'
import type { Actor } from '../permissions/actor.ts'
import { openAuthorization } from './open-authorization.ts'
import { type RemoveTokenFamilyInput, removeTokenFamilySchema } from './schema.ts'

/**
 * Ends all tokens that came from one code, as on one lost device: of the person's own authorization, or of anyone's by an
 * administrator of the root organization. The yes stands, and so do its other tokens. Refuses a family that has ended, or
 * is another authorization's, like one that never was. Returns until when a JWT of it that is out may be accepted all the
 * same.
 */
export async function removeTokenFamily(
  actor: Actor,
  input: RemoveTokenFamilyInput,
): Promise<{ jwtsUntil: Date | null }> {
  const { authorizationId, familyId } = parse(removeTokenFamilySchema, input)
  await transaction(async (tx) => {
    const yes = await openAuthorization(tx, actor, authorizationId, 'authorizations.remove')
    const ended = await tx
      .update(tokenFamilies)
      .set({ endedAt: sql`now()`, endedReason: 'removed' })
      .where(
        and(
          eq(tokenFamilies.id, familyId),
          eq(tokenFamilies.authorizationId, authorizationId),
          isNull(tokenFamilies.endedAt),
        ),
      )
      .returning({ id: tokenFamilies.id })
    if (ended.length === 0)
      throw new Refusal('not-found', 'There is no such token family here, or it has ended.')
    await record(tx, actor, {
      name: 'token-family.ended',
      rootOrganizationId: yes.rootOrganizationId,
      appId: yes.app.id,
      subject: yes.app,
      details: { familyId, reason: 'removed', personId: yes.person.id, person: yes.person.name },
    })
  })
  return { jwtsUntil: await findJwtsUntil({ familyId }) }
}
