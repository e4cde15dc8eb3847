import { database } from '#db/client'
import { parse } from '../../base/parse.ts'
import { findJwtsUntil } from '../connected-apps/find-jwts-until.ts'
import { countEffect } from '../installations/count-effect.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { findChosenPeople } from './open-chosen-people.ts'
import { type ChosenPeopleInput, chosenPeopleSchema } from './schema.ts'

export type PeopleRemovalPreview = {
  people: number
  /** Of those chosen, how many have not authorized it any more: the removal would be refused. */
  gone: number
  families: number
  tokens: number
  jwtsUntil: Date | null
}

/** What removing chosen people’s authorizations of one app would end at this moment. Changes nothing. */
export async function previewPeopleRemoval(
  actor: Actor,
  input: ChosenPeopleInput,
): Promise<PeopleRemovalPreview> {
  const wish = parse(chosenPeopleSchema, input)
  const db = database()
  await checkInRoot(db, actor, wish.rootOrganizationId, 'authorizations.remove')
  const yeses = await findChosenPeople(db, wish)
  const authorizationIds = yeses.map(({ authorizationId }) => authorizationId)
  const { families, tokens } = await countEffect(db, { authorizationIds })
  return {
    people: yeses.length,
    gone: new Set(wish.authorizationIds).size - yeses.length,
    families,
    tokens,
    jwtsUntil: await findJwtsUntil({ authorizationIds }),
  }
}
