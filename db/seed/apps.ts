import type { Transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import type { Id } from '#lib/base/ids'
import { newClientId } from '#lib/base/secrets'
import { redirectHosts } from '#lib/domain/allowlist/redirect-hosts'
import { ITSELF_GRANT_TYPES, USER_GRANT_TYPES } from '#lib/domain/connected-apps/schema'
import { PERMISSIONS } from '#lib/domain/permissions/catalogue'
import { lastSaveOf, versionOf } from './app-changes.ts'
import { DESCRIPTIONS, NORTHWIND_APPS, OUTSIDE_APPS } from './app-tables.ts'
import { type Clock, idAt } from './moments.ts'
import type { Organization } from './organizations.ts'
import type { Person } from './people.ts'
import { marksOf, wordsOf } from './read-table.ts'
import { type Named, named, type World } from './world.ts'

type Row = (typeof NORTHWIND_APPS)[number]

export type App = {
  key: string
  id: Id<'app'>
  clientId: string
  name: string
  organization: Organization
  owner: Person
  /** The person who made it, if its owner changed since. */
  formerOwner: Person | null
  ownerSince: Date | null
  actsAs: 'user' | 'itself'
  clientType: 'server' | 'browser' | 'native'
  scopes: readonly string[]
  redirectUris: readonly string[]
  redirectHosts: readonly string[]
  since: Date
  lastUsedAt: Date | null
  disabledAt: Date | null
  endedAt: Date | null
  /** The age of its one secret, `own` for a story of its own, `-` for none. */
  secret: string
  marks: ReadonlyMap<string, string>
}

/** Everything that an app may do for an administrator. */
const ADMINISTRATOR_SCOPES = Object.values(PERMISSIONS).flatMap(({ scope }) => scope ?? [])

export function castApps(
  clock: Clock,
  organizations: Named<Organization>,
  people: Named<Person>,
): Named<App> {
  const apps = [...NORTHWIND_APPS, ...OUTSIDE_APPS].map((row) => castApp(row, clock, organizations, people))
  return new Map(apps.map((app) => [app.key, app]))
}

function castApp(row: Row, clock: Clock, organizations: Named<Organization>, people: Named<Person>): App {
  const organization = named(organizations, row.organization)
  const key = row.name.toLowerCase().replaceAll(' ', '-')
  const marks = marksOf(row.marks)
  const [former, handedOver] = marks.get('from')?.split('@') ?? []
  const isItself = row.kind === 'itself'
  const redirectUris = redirectUrisOf(row.kind, key, organization)
  return {
    key,
    id: idAt('app', clock.ago(row.since)),
    clientId: newClientId(),
    name: row.name,
    organization,
    owner: named(people, row.owner),
    formerOwner: former ? named(people, former) : null,
    ownerSince: handedOver ? clock.ago(handedOver) : null,
    actsAs: isItself ? 'itself' : 'user',
    clientType: isItself ? 'server' : (row.kind as 'server' | 'browser' | 'native'),
    scopes: inOrder([...(isItself ? [] : ['openid', 'profile']), ...scopesOf(row)]),
    redirectUris,
    redirectHosts: redirectHosts(redirectUris),
    since: clock.ago(row.since),
    lastUsedAt: clock.agoOrNever(row.used),
    disabledAt: clock.agoOrNever(marks.get('disabled') ?? '-'),
    endedAt: clock.agoOrNever(marks.get('deleted') ?? '-'),
    secret: row.secret,
    marks,
  }
}

function scopesOf({ scopes }: Row): readonly string[] {
  return scopes === 'administrator' ? ADMINISTRATOR_SCOPES : wordsOf(scopes)
}

/** Scope sets are kept sorted and without repeats. */
export function inOrder(scopes: Iterable<string>): string[] {
  return [...new Set(scopes)].sort()
}

function hostOf(key: string, { root, website }: Organization): string {
  if (root === 'northwind' || root === 'kestrel') return `${key}.${root}.example`
  return `app.${new URL(website ?? '').hostname}`
}

/** Apps of the first organization also have a staging address. */
function redirectUrisOf(kind: string, key: string, organization: Organization): string[] {
  const host = hostOf(key, organization)
  if (kind === 'itself') return []
  if (kind === 'browser') return [`https://${host}/signed-in`]
  if (kind === 'native') return [`example.${key}:/callback`, 'http://127.0.0.1/callback']
  const hosts = organization.key === 'northwind' ? [host, `staging.${host}`] : [host]
  return hosts.map((name) => `https://${name}/oauth/callback`)
}

export async function insertApps(tx: Transaction, world: World): Promise<void> {
  await tx.insert(connectedApps).values([...world.apps.values()].map((app) => rowOf(app, world)))
}

function rowOf(app: App, world: World): typeof connectedApps.$inferInsert {
  const { key, id, clientId, name, organization, owner, formerOwner, actsAs, clientType, since, marks } = app
  const { clock, apps, people } = world
  const registrar = marks.get('dynamic')
  const save = lastSaveOf(key)
  return {
    id,
    clientId,
    organizationId: organization.id,
    rootOrganizationId: organization.rootOrganizationId,
    name,
    description: DESCRIPTIONS.get(key) ?? '',
    website: websiteOf(app),
    actsAs,
    clientType,
    grantTypes: grantTypesOf(app),
    redirectUris: [...app.redirectUris],
    audience: marks.has('everyone') ? 'everyone' : 'internal',
    scopes: [...app.scopes],
    requiresPkce: !marks.has('no-pkce'),
    introspectsOrganization: marks.has('introspects'),
    origin: registrar ? 'dynamic-registration' : marks.has('api') ? 'api' : 'console',
    registeredByAppId: registrar ? named(apps, registrar).id : null,
    createdBy: registrar ? null : (formerOwner ?? owner).id,
    ownerId: owner.id,
    createdAt: since,
    updatedAt: app.endedAt ?? app.disabledAt ?? app.ownerSince ?? (save ? clock.ago(save.when) : since),
    updatedBy: save ? named(people, save.by).id : registrar ? null : owner.id,
    version: versionOf(app),
    rotationDueSince: clock.agoOrNever(marks.get('due') ?? '-'),
    lastUsedAt: app.lastUsedAt,
    disabledAt: app.disabledAt,
    disabledBy: app.disabledAt && owner.id,
    endedAt: app.endedAt,
    endedBy: app.endedAt && owner.id,
  }
}

function websiteOf({ redirectHosts: hosts, organization }: App): string | null {
  const host = hosts.find((name) => name.endsWith('.example'))
  return host ? `https://${host}` : (organization.line.at(-1)?.website ?? null)
}

function grantTypesOf({ actsAs, scopes, marks }: App): string[] {
  if (actsAs === 'itself') return [...ITSELF_GRANT_TYPES]
  const [code, refresh, device] = USER_GRANT_TYPES
  return [
    code,
    ...(scopes.includes('offline_access') ? [refresh] : []),
    ...(marks.has('device') ? [device] : []),
  ]
}
