import { transaction } from '#db/client'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { findJwtsUntil } from '../connected-apps/find-jwts-until.ts'
import { countEffect } from '../installations/count-effect.ts'
import { recordRemoval } from '../installations/record-removal.ts'
import type { Receipt } from '../installations/schema.ts'
import type { Actor } from '../permissions/actor.ts'
import { endYeses } from './end-yeses.ts'
import { openChosenPeople } from './open-chosen-people.ts'
import { type ChosenPeopleInput, chosenPeopleSchema } from './schema.ts'

/**
 * Removes the authorizations that chosen people gave one app, all or none, in one transaction. Everybody else keeps it, and
 * they may authorize it anew. Refuses where one of them has taken it back meanwhile.
 */
export async function removeChosenPeople(actor: Actor, input: ChosenPeopleInput): Promise<Receipt> {
  const wish = parse(chosenPeopleSchema, input)
  const { authorizationIds, ...ended } = await transaction(async (tx) => {
    const { app, yeses } = await openChosenPeople(tx, actor, wish, 'authorizations.remove')
    const authorizationIds = yeses.map(({ authorizationId }) => authorizationId)
    const effect = await countEffect(tx, { authorizationIds })
    await endYeses(tx, actor, authorizationIds)
    const { rootOrganizationId } = wish
    const removalId = await recordRemoval(tx, actor, { rootOrganizationId, kind: 'people', parts: yeses })
    await record(tx, actor, {
      name: 'authorizations.removed-of-people',
      rootOrganizationId,
      appId: app.id,
      subject: app,
      details: { ...effect, removalId },
    })
    return { authorizationIds, ...effect, removalId }
  })
  return { ...ended, jwtsUntil: await findJwtsUntil({ authorizationIds }) }
}
