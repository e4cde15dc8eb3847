import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Id, isId, uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import {
  type FoundPerson,
  findInstallation,
  type PersonOfApp,
  readPerson,
  selectPeopleOfApp,
} from './list-people-of-app.ts'

type Wish = {
  rootOrganizationId: Id<'organization'>
  appId: Id<'app'>
  authorizationId: Id<'authorization'>
}

/** One person of an app, wherever in its list they are. Refuses one whose authorization has ended like one there never was. */
export async function getPersonOfApp(actor: Actor, input: Wish): Promise<PersonOfApp> {
  const db = database()
  await checkInRoot(db, actor, input.rootOrganizationId, 'authorizations.list')
  const absent = new Refusal('not-found', 'There is no such authorization here.')
  if (!isId('app', input.appId) || !isId('authorization', input.authorizationId)) throw absent
  const installation = await findInstallation(db, input)
  if (!installation) throw absent
  const theirs = sql`a.id = ${uuidOf(input.authorizationId)}::uuid`
  const [found] = await db.execute<FoundPerson>(selectPeopleOfApp(installation, theirs, 1))
  if (!found) throw absent
  return readPerson(found)
}
