import { database, type Transaction, transaction } from '#db/client'
import { syncBuiltInScopes } from '#lib/domain/connected-apps/sync-built-in-scopes'
import { insertAccountNews, insertOpenBrowsers } from './accounts.ts'
import { insertEntries, insertPolicies } from './allowlist.ts'
import { type ApiClient, openToScripts } from './api-client.ts'
import { castApps, insertApps } from './apps.ts'
import { castAuthorizations, insertAuthorizations, insertOrganizationChoices } from './authorizations.ts'
import { chanceFrom } from './chance.ts'
import { insertEvents, newChronicle } from './chronicle.ts'
import { insertContexts } from './contexts.ts'
import { limitEntries } from './entry-limits.ts'
import { insertGroups, setQuotas } from './groups.ts'
import { castInstallations, insertInstallations } from './installations.ts'

import { insertInvitations } from './invitations.ts'
import { insertKeys } from './keys.ts'

import { insertLogos } from './logos.ts'

import { clockAt } from './moments.ts'
import { castOrganizations, insertEnvironments, insertOrganizations } from './organizations.ts'
import { castPeople, insertPeople, insertPlaces } from './people.ts'
import { findWhatIsHeld, refuseUnlessEmpty, type SeedPurpose } from './refuse-unless-empty.ts'
import { castRemovals, insertRemovals } from './removals.ts'
import { insertRequests } from './requests.ts'
import { appointResourceServers, insertScopes, tellOfScopes } from './scopes.ts'
import { insertSecrets } from './secrets.ts'
import { insertSessions } from './sessions.ts'
import { chooseSignIns, type SignIn } from './sign-ins.ts'
import { tellOfApps } from './tell-apps.ts'
import { tellOfAuthorizations } from './tell-authorizations.ts'
import { tellOfOrganizations } from './tell-organizations.ts'
import { insertTokens } from './tokens.ts'
import type { World } from './world.ts'

/**
 * The demo: two root organizations at work and four that publish apps, with people, apps in every state, and what
 * happened in the last eighteen months, all told from now.
 *
 * What there is stands in tables that are read like tables: `people.ts`, `organizations.ts`, `scopes.ts`, `app-tables.ts`,
 * `app-changes.ts`, `people-tables.ts`, `secret-tables.ts`, `authorization-tables.ts`, `allowlist-tables.ts`, `account-tables.ts`. A row refers to another by its key (`priya`, `finance`,
 * `order-desk`). `cast…` turns a table into things, `insert…` writes them with one statement each, `tell…` adds what
 * happened to the chronicle, which becomes the audit log. Chance falls the same way each time; only ids, secrets and
 * passwords differ. Names are invented, mail goes to example.com, hosts end in .example.
 */
export type DemoAccess = {
  /** Passwords and the secret are nowhere else: the database keeps hashes. */
  signIns: readonly SignIn[]
  apiClient: ApiClient & { tokenEndpoint: string }
}

const CHANCE = 20_261_121

/**
 * Fills an empty database that is marked for `purpose`, in one transaction, and returns who may sign in. Refuses any
 * other database, production above all. `publicUrl` is the origin that the demo will be served at.
 */
export async function seedDemo(input: { purpose: SeedPurpose; publicUrl: string }): Promise<DemoAccess> {
  await refuseUnlessEmpty(database(), input.purpose)
  await syncBuiltInScopes(input.publicUrl)
  return transaction(async (tx) => {
    await refuseUnlessEmpty(tx, input.purpose)
    const { signIns, client } = await fill(tx)
    return { signIns, apiClient: { ...client, tokenEndpoint: `${input.publicUrl}/oauth/token` } }
  })
}

/** Whether there is anything yet, of the demo or of anybody's: then nothing is seeded. */
export async function isSeeded(): Promise<boolean> {
  return (await findWhatIsHeld(database())) !== undefined
}

async function fill(tx: Transaction): Promise<{ signIns: readonly SignIn[]; client: ApiClient }> {
  const clock = clockAt(new Date())
  const organizations = castOrganizations(clock)
  const people = castPeople(clock, organizations)
  const apps = castApps(clock, organizations, people)
  const world: World = {
    clock,
    chance: chanceFrom(CHANCE),
    chronicle: newChronicle(),
    organizations,
    people,
    apps,
  }

  const { signIns, passwordHashes } = await chooseSignIns(people)
  await insertPeople(tx, people, passwordHashes)
  await insertOrganizations(tx, organizations, people)
  await insertPlaces(tx, people, organizations)
  await setQuotas(tx, world)
  await insertGroups(tx, world)
  await insertInvitations(tx, world)
  const environments = await insertEnvironments(tx, world)
  await insertScopes(tx, world)
  await insertApps(tx, world)
  await insertLogos(tx, world)
  await appointResourceServers(tx, apps)
  await insertContexts(tx, world, environments)
  await insertSecrets(tx, world)
  await insertKeys(tx, world)
  const client = await openToScripts(tx, world)

  await insertPolicies(tx, world)
  await insertEntries(tx, world)
  await limitEntries(tx, world)
  await insertRequests(tx, world)
  const installations = castInstallations(world)
  const authorizations = castAuthorizations(installations, world)
  await insertInstallations(tx, installations, world)
  await insertAuthorizations(tx, authorizations)
  await insertOrganizationChoices(tx, authorizations)
  const removals = castRemovals(installations, authorizations, world)
  await insertRemovals(tx, removals)
  const endedFamilies = await insertTokens(tx, authorizations, world)

  tellOfOrganizations(world)
  tellOfScopes(world)
  await insertSessions(tx, world)
  tellOfApps(world)
  tellOfAuthorizations(installations, authorizations, removals, endedFamilies, world)
  await insertAccountNews(tx, world)
  await insertOpenBrowsers(tx, world)
  await insertEvents(tx, world.chronicle)
  return { signIns, client }
}
