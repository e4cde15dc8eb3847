import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { database } from '#db/client'
import { appContexts, appSecrets, connectedApps } from '#db/schema/connected-apps'
import { environments, organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { COUNTED_MAX } from '../../base/bounded-count.ts'
import { type Id, isId, uuidOf } from '../../base/ids.ts'
import { type Abilities, abilitiesAt } from '../permissions/abilities.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentTo, check } from '../permissions/check.ts'
import { standingOf } from '../permissions/standing.ts'
import { findMarkCauses } from './find-mark-causes.ts'
import { type KeyStory, keyStories } from './key-stories.ts'
import { logoSha } from './logo-sha.ts'
import type { MarkCause } from './mark-causes.ts'
import type { App } from './open-app.ts'
import { isOvertaken } from './rules.ts'
import { outlivesRule } from './secret-life.ts'

type Person = { id: Id<'user'>; fullName: string; username: string }

/** The story of one secret: everything but its value, which nobody has. */
export type SecretStory = {
  id: Id<'secret'>
  name: string
  lastFour: string
  source: 'generated' | 'chosen'
  createdBy: string | null
  createdAt: Date
  expiresAt: Date | null
  endedAt: Date | null
  endedBy: string | null
  lastUsedAt: Date | null
  lastUsedIp: string | null
  isLive: boolean
  /** A newer live secret was used a day and more after anything last tried this one: nobody seems to need it. */
  isSafeToEnd: boolean
  /** It lives longer than the organization lets a new one. */
  outlivesRule: boolean
}

type Settings = Pick<
  App,
  | 'id'
  | 'clientId'
  | 'version'
  | 'name'
  | 'description'
  | 'website'
  | 'actsAs'
  | 'clientType'
  | 'grantTypes'
  | 'redirectUris'
  | 'initiateLoginUri'
  | 'jwksUri'
  | 'audience'
  | 'scopes'
  | 'requiresPkce'
  | 'introspectsOrganization'
  | 'origin'
  | 'createdAt'
  | 'updatedAt'
  | 'lastUsedAt'
  | 'rotationDueSince'
  | 'disabledAt'
>
export type AppDetails = Settings & {
  rootOrganizationId: Id<'organization'>
  /** What marked it as due for rotation, where that is known. */
  rotationDueBecause: MarkCause | null
  /** The digest of its logo; null where it has none. */
  logo: string | null
  residence: { id: Id<'organization'>; name: string; isRoot: boolean }
  owner: Person
  createdBy: Person | null
  updatedBy: Person | null
  disabledBy: Person | null
  registeredBy: { id: Id<'app'>; name: string } | null
  /** Live ones first, newest first. */
  secrets: SecretStory[]
  /** How many days a secret may live by the organization's rule; null: until somebody ends it. */
  secretDaysMax: number | null
  /** Public keys it may sign with, live ones first, newest first. */
  keys: KeyStory[]
  /** Where an app acting for itself may use which scope. */
  contexts: {
    scope: string
    organization: { id: Id<'organization'>; name: string }
    environment: { id: Id<'environment'>; name: string } | null
  }[]
  /** Live authorizations, counted to 10,001 at most. */
  usage: { organizations: number; people: number }
  abilities: Abilities
}

const ABSENT = 'There is no such app here.'

/** One app: its settings, the story of its secrets, how much it is used, and what the actor may do with it. */
export async function getApp(actor: Actor, appId: Id<'app'>): Promise<AppDetails> {
  const db = database()
  const [row] = isId('app', appId) ? await select(appId) : []
  if (!row) throw await absentTo(db, actor, ABSENT)
  const { app, residence, owner, registeredBy, secretDaysMax, logo } = row
  await check(db, actor, 'connected-apps.view', app, { permission: 'connected-apps.view', absent: ABSENT })
  const [standing, people, secrets, keys, contexts, usage, causes] = await Promise.all([
    standingOf(db, actor, app.organizationId),
    peopleOf(app),
    secretsOf(appId, secretDaysMax),
    keyStories(appId),
    contextsOf(appId),
    usageOf(appId),
    findMarkCauses(app.rotationDueSince ? [appId] : []),
  ])
  const { organizationId, rootOrganizationId, ownerId } = app
  const person = (id: Id<'user'> | null) => people.get(id ?? '') ?? null
  return {
    id: app.id,
    clientId: app.clientId,
    version: app.version,
    name: app.name,
    description: app.description,
    website: app.website,
    actsAs: app.actsAs,
    clientType: app.clientType,
    grantTypes: app.grantTypes,
    redirectUris: app.redirectUris,
    initiateLoginUri: app.initiateLoginUri,
    jwksUri: app.jwksUri,
    audience: app.audience,
    scopes: app.scopes,
    requiresPkce: app.requiresPkce,
    introspectsOrganization: app.introspectsOrganization,
    origin: app.origin,
    createdAt: app.createdAt,
    updatedAt: app.updatedAt,
    lastUsedAt: app.lastUsedAt,
    rotationDueSince: app.rotationDueSince,
    rotationDueBecause: causes.get(appId) ?? null,
    disabledAt: app.disabledAt,
    rootOrganizationId,
    logo,
    residence: { ...residence, isRoot: organizationId === rootOrganizationId },
    owner,
    createdBy: person(app.createdBy),
    updatedBy: person(app.updatedBy),
    disabledBy: person(app.disabledBy),
    registeredBy,
    secrets,
    secretDaysMax,
    keys,
    contexts,
    usage,
    abilities: abilitiesAt(actor, { organizationId, rootOrganizationId, ownerId }, standing),
  }
}

function select(appId: Id<'app'>) {
  const parents = alias(connectedApps, 'parents')
  const roots = alias(organizations, 'roots')
  return database()
    .select({
      app: connectedApps,
      residence: { id: organizations.id, name: organizations.name },
      owner: { id: users.id, fullName: users.fullName, username: users.username },
      registeredBy: { id: parents.id, name: parents.name },
      secretDaysMax: roots.secretDaysMax,
      logo: logoSha(connectedApps.id),
    })
    .from(connectedApps)
    .innerJoin(organizations, eq(organizations.id, connectedApps.organizationId))
    .innerJoin(roots, eq(roots.id, connectedApps.rootOrganizationId))
    .innerJoin(users, eq(users.id, connectedApps.ownerId))
    .leftJoin(parents, eq(parents.id, connectedApps.registeredByAppId))
    .where(and(eq(connectedApps.id, appId), isNull(connectedApps.endedAt)))
}

async function peopleOf(app: App): Promise<Map<string, Person>> {
  const ids = [app.createdBy, app.updatedBy, app.disabledBy].filter((id) => id !== null)
  const rows = await database()
    .select({ id: users.id, fullName: users.fullName, username: users.username })
    .from(users)
    .where(inArray(users.id, ids))
  return new Map(rows.map((person) => [person.id, person]))
}

/** The secrets of one app, live ones first, newest first; for whoever was already let in. */
async function secretsOf(appId: Id<'app'>, daysMax: number | null): Promise<SecretStory[]> {
  const authors = alias(users, 'authors')
  const enders = alias(users, 'enders')
  const isLive = sql<boolean>`(${appSecrets.endedAt} is null and (${appSecrets.expiresAt} is null or ${appSecrets.expiresAt} > now()))`
  const rows = await database()
    .select({
      id: appSecrets.id,
      name: appSecrets.name,
      lastFour: appSecrets.lastFour,
      source: appSecrets.source,
      createdBy: authors.fullName,
      createdAt: appSecrets.createdAt,
      expiresAt: appSecrets.expiresAt,
      endedAt: appSecrets.endedAt,
      endedBy: enders.fullName,
      lastUsedAt: appSecrets.lastUsedAt,
      lastUsedIp: appSecrets.lastUsedIp,
      isLive,
    })
    .from(appSecrets)
    .leftJoin(authors, eq(authors.id, appSecrets.createdBy))
    .leftJoin(enders, eq(enders.id, appSecrets.endedBy))
    .where(eq(appSecrets.appId, appId))
    .orderBy(desc(isLive), desc(appSecrets.createdAt), desc(appSecrets.id))
  return rows.map((secret) => ({
    ...secret,
    isSafeToEnd: secret.isLive && isOvertaken(secret, rows),
    outlivesRule: secret.isLive && outlivesRule(secret, daysMax),
  }))
}

async function contextsOf(appId: Id<'app'>): Promise<AppDetails['contexts']> {
  return database()
    .select({
      scope: appContexts.scope,
      organization: { id: organizations.id, name: organizations.name },
      environment: { id: environments.id, name: environments.name },
    })
    .from(appContexts)
    .innerJoin(organizations, eq(organizations.id, appContexts.organizationId))
    .leftJoin(environments, eq(environments.id, appContexts.environmentId))
    .where(eq(appContexts.appId, appId))
    .orderBy(asc(appContexts.scope), asc(organizations.name))
}

async function usageOf(appId: Id<'app'>): Promise<AppDetails['usage']> {
  const [row] = await database().execute<{ organizations: number; people: number }>(sql`
    select count(distinct root_organization_id)::int as organizations, count(distinct user_id)::int as people
    from (select root_organization_id, user_id from live_authorizations
      where app_id = ${uuidOf(appId)}::uuid limit ${COUNTED_MAX + 1}) live`)
  return row ?? { organizations: 0, people: 0 }
}
