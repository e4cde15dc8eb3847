import { transaction } from '#db/client'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import { findJwtsUntil } from '../connected-apps/find-jwts-until.ts'
import { countEffect } from '../installations/count-effect.ts'
import { recordRemoval } from '../installations/record-removal.ts'
import type { Receipt } from '../installations/schema.ts'
import type { Actor } from '../permissions/actor.ts'
import { endYeses } from './end-yeses.ts'
import { openYesesOfPerson } from './open-yeses-of-person.ts'
import { refuseStaleEffect } from './refuse-stale-effect.ts'
import { type RemoveAllOfPersonInput, removeAllOfPersonSchema } from './schema.ts'

/**
 * Removes all that one person authorized in a root organization, in one transaction, with every code and token. Nothing
 * brings it back; they may authorize each app anew. With a fingerprint of what was shown it refuses where that has changed
 * since. Refuses where nothing is left to remove.
 */
export async function removeAllOfPerson(
  actor: Actor,
  input: RemoveAllOfPersonInput,
): Promise<Receipt & { apps: number }> {
  const { expectedFingerprint, ...whose } = parse(removeAllOfPersonSchema, input)
  const { authorizationIds, ...ended } = await transaction(async (tx) => {
    const { person, yeses, fingerprint } = await openYesesOfPerson(tx, actor, whose, 'authorizations.remove')
    refuseStaleEffect(fingerprint, expectedFingerprint)
    if (yeses.length === 0)
      throw new Refusal('conflict', `No app acts for ${person.name} here: there is nothing to remove.`)
    const authorizationIds = yeses.map(({ authorizationId }) => authorizationId)
    const { families, tokens, isExact } = await countEffect(tx, { authorizationIds })
    await endYeses(tx, actor, authorizationIds)
    const { rootOrganizationId } = whose
    const removalId = await recordRemoval(tx, actor, {
      rootOrganizationId,
      kind: 'person',
      parts: yeses,
      person,
    })
    const counts = { apps: yeses.length, families, tokens }
    await record(tx, actor, {
      name: 'authorizations.removed-of-person',
      rootOrganizationId,
      subject: person,
      details: { personId: person.id, ...counts, removalId },
    })
    return { authorizationIds, people: 1, isExact, ...counts, removalId }
  })
  return { ...ended, jwtsUntil: await findJwtsUntil({ authorizationIds }) }
}
