import { eq } from 'drizzle-orm'
import { database } from '#db/client'
import { appContexts } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import { sessions, users } from '#db/schema/users'
import { newId } from '#lib/base/ids'
import { hashToken, newPersonalToken } from '#lib/base/secrets'
import { startTokenFamily } from '#lib/domain/authorizations/token-families'
import { insertToken } from '#lib/domain/authorizations/token-records'
import type { Caller, PersonName } from './callers.ts'
import { type Need, scopesHeld } from './needs.ts'
import type { World } from './world.ts'

let tokens = 0

/** A token as the authorization server would have issued it, with the scopes this caller holds for this need. */
export async function makeToken(
  world: World,
  caller: Exclude<Caller, { kind: 'person' }>,
  need: Need,
): Promise<string> {
  tokens += 1
  const value = `token-of-the-matrix-${tokens}`
  const held = scopesHeld(caller, need.asks)
  const scopes = [...new Set(held.map(({ scope }) => scope))]
  const token = {
    hash: hashToken(value),
    payload: { scope: scopes.join(' ') },
    expiresAtSeconds: Date.now() / 1000 + 60,
  }
  if (caller.kind === 'app') {
    const contexts = held.map(({ scope, place }) => ({ scope, organizationId: world.places[place].id }))
    const appId = world.robot.id
    if (contexts.length > 0) {
      await database()
        .insert(appContexts)
        .values(contexts.map((context) => ({ ...context, appId })))
        .onConflictDoNothing()
    }
    await insertToken({ ...token, kind: 'client-credentials', appId, appEpoch: 0 })
    return value
  }
  const place = caller.held === 'with the scope elsewhere' ? 'elsewhere' : 'north'
  const authorizationId = world.yeses.get(`${caller.person} ${place}`)
  if (!authorizationId) throw new Error(`${caller.person} said no yes to the helper.`)
  const familyId = await startTokenFamily(database(), { authorizationId, scopes })
  await insertToken({ ...token, kind: 'access-token', appId: world.helper.id, familyId })
  return value
}

/** A token that a person got for their password, where every root organization allows it. */
export async function makeTokenForPassword({ people, north }: World, person: PersonName): Promise<string> {
  const { id: userId } = people[person]
  await database().update(organizations).set({ allowsPasswordTokens: true })
  await database().update(users).set({ homeOrganizationId: north.id }).where(eq(users.id, userId))
  const token = newPersonalToken()
  await database()
    .insert(sessions)
    .values({
      id: newId('session'),
      userId,
      authenticationMethods: ['pwd'],
      expiresAt: new Date(Date.now() + 60_000),
      tokenHash: hashToken(token),
    })
  return token
}
