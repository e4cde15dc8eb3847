import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import { checkInRoot, type RootOrganization } from '../permissions/check-root.ts'
import { findPerson, type PersonHere } from './find-person.ts'
import { holdYeses } from './refuse-too-many.ts'

type Whose = { rootOrganizationId: Id<'organization'>; userId: Id<'user'> }

export type YesOfPerson = {
  authorizationId: Id<'authorization'>
  installationId: Id<'installation'>
  appName: string
  epoch: number
}

export type YesesOfPerson = {
  organization: RootOrganization
  person: PersonHere
  yeses: YesOfPerson[]
  /** The same yeses, the same fingerprint. */
  fingerprint: string
}

/**
 * Holds all live authorizations of one person in a root organization in order to end them: one that they are just saying is
 * said first. Refuses a person without a place there as absent.
 */
export async function openYesesOfPerson(
  tx: Transaction,
  actor: Actor,
  whose: Whose,
  permission: Permission,
): Promise<YesesOfPerson> {
  const organization = await checkInRoot(tx, actor, whose.rootOrganizationId, permission)
  const person = await findPerson(tx, whose)
  await holdYeses(tx, whose)
  return { organization, person, ...(await findYeses(tx, whose, true)) }
}

/** The same, only to be looked at. */
export async function findYesesOfPerson(
  db: Database,
  actor: Actor,
  whose: Whose,
  permission: Permission,
): Promise<YesesOfPerson> {
  const organization = await checkInRoot(db, actor, whose.rootOrganizationId, permission)
  return { organization, person: await findPerson(db, whose), ...(await findYeses(db, whose, false)) }
}

async function findYeses(tx: Database | Transaction, whose: Whose, isHeld: boolean) {
  const rows = await tx.execute<{ yes: string; installation: string; appName: string; epoch: number }>(sql`
    select a.id as yes, a.installation_id as installation, c.name as "appName", a.epoch
    from authorizations a
    join connected_apps c on c.id = a.app_id
    where a.user_id = ${uuidOf(whose.userId)}::uuid
      and a.root_organization_id = ${uuidOf(whose.rootOrganizationId)}::uuid
      and a.ended_at is null and exists (select from live_authorizations l where l.id = a.id)
    order by a.id ${isHeld ? sql`for update of a` : sql``}`)
  const yeses = rows.map(({ yes, installation, appName, epoch }) => ({
    authorizationId: idOf('authorization', yes),
    installationId: idOf('installation', installation),
    appName,
    epoch,
  }))
  const fingerprint = createHash('sha256')
    .update(JSON.stringify(rows.map(({ yes }) => yes)))
    .digest('base64url')
  return { yeses, fingerprint }
}
