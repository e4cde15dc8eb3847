import { database } from '#db/client'
import type { Id } from '../../base/ids.ts'
import { findJwtsUntil } from '../connected-apps/find-jwts-until.ts'
import { countEffect } from '../installations/count-effect.ts'
import type { Actor } from '../permissions/actor.ts'
import { findYesesOfPerson } from './open-yeses-of-person.ts'

export type PersonRemovalPreview = {
  person: { id: Id<'user'>; name: string }
  apps: number
  families: number
  tokens: number
  jwtsUntil: Date | null
  /** Given back with the removal: it is refused if they authorized something, or took something back, since. */
  fingerprint: string
}

/** What removing all that one person authorized would end at this moment. Changes nothing. */
export async function previewPersonRemoval(
  actor: Actor,
  whose: { rootOrganizationId: Id<'organization'>; userId: Id<'user'> },
): Promise<PersonRemovalPreview> {
  const db = database()
  const {
    person: { id, name },
    yeses,
    fingerprint,
  } = await findYesesOfPerson(db, actor, whose, 'authorizations.remove')
  const authorizationIds = yeses.map(({ authorizationId }) => authorizationId)
  const { families, tokens } = await countEffect(db, { authorizationIds })
  const jwtsUntil = await findJwtsUntil({ authorizationIds })
  return { person: { id, name }, apps: yeses.length, families, tokens, jwtsUntil, fingerprint }
}
