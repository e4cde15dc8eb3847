import { eq, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { authorizations } from '#db/schema/authorizations'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { findJwtsUntil } from '../connected-apps/find-jwts-until.ts'
import { countEffect } from '../installations/count-effect.ts'
import { recordRemoval } from '../installations/record-removal.ts'
import type { Receipt } from '../installations/schema.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { openAuthorization } from './open-authorization.ts'
import { type RemoveAuthorizationInput, removeAuthorizationSchema } from './schema.ts'

/**
 * Removes one person's authorization of one app, with its codes and tokens: the person's own, or anyone's by an
 * administrator of the root organization. Nothing brings it back; the person may authorize the app anew. Returns what
 * it ended.
 */
export async function removeAuthorization(actor: Actor, input: RemoveAuthorizationInput): Promise<Receipt> {
  const { authorizationId } = parse(removeAuthorizationSchema, input)
  const ended = await transaction(async (tx) => {
    const yes = await openAuthorization(tx, actor, authorizationId, 'authorizations.remove')
    const receipt = await countEffect(tx, { authorizationId })
    await tx
      .update(authorizations)
      .set({
        endedAt: sql`now()`,
        endedBy: personOf(actor),
        endedReason: yes.isOwn ? 'removed-by-person' : 'removed-by-administrator',
      })
      .where(eq(authorizations.id, authorizationId))
    const removalId = await recordRemoval(tx, actor, {
      rootOrganizationId: yes.rootOrganizationId,
      kind: 'people',
      parts: [
        { installationId: yes.installationId, appName: yes.app.name, epoch: yes.epoch, authorizationId },
      ],
    })
    await record(tx, actor, {
      name: 'authorization.removed',
      rootOrganizationId: yes.rootOrganizationId,
      appId: yes.app.id,
      subject: yes.app,
      details: { authorizationId, personId: yes.person.id, person: yes.person.name, ...receipt, removalId },
    })
    return { ...receipt, removalId }
  })
  return { ...ended, jwtsUntil: await findJwtsUntil({ authorizationId }) }
}
