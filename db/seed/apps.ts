import type { Transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import type { Id } from '#lib/base/ids'
import { newClientId } from '#lib/base/secrets'
import { PERMISSIONS } from '#lib/domain/permissions/catalogue'
import { NORTHWIND_APPS, OUTSIDE_APPS } from './app-tables.ts'
import { type Clock, idAt } from './moments.ts'
import type { Organization } from './organizations.ts'
import type { Person } from './people.ts'
import { marksOf, wordsOf } from './read-table.ts'
import { type Named, named } from './world.ts'

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

const BY_ITSELF = ['client_credentials']
const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code'

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
  const host = hostOf(key, organization)
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
    redirectUris: redirectUrisOf(row.kind, key, host),
    redirectHosts: isItself ? [] : [row.kind === 'native' ? '127.0.0.1' : host],
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
  if (root === 'northwind') return `${key}.northwind.example`
  if (root === 'kestrel') return `${key}.kestrel.example`
  return `app.${new URL(website ?? 'https://publisher.example').hostname}`
}

function redirectUrisOf(kind: string, key: string, host: string): string[] {
  if (kind === 'itself') return []
  if (kind === 'browser') return [`https://${host}/signed-in`]
  if (kind === 'native') return [`example.${key}:/callback`, 'http://127.0.0.1/callback']
  return [`https://${host}/oauth/callback`, `https://staging.${host}/oauth/callback`].slice(
    0,
    (key.length % 2) + 1,
  )
}

export async function insertApps(tx: Transaction, clock: Clock, cast: Named<App>): Promise<void> {
  await tx.insert(connectedApps).values([...cast.values()].map((app) => rowOf(app, clock, cast)))
}

function rowOf(app: App, clock: Clock, cast: Named<App>): typeof connectedApps.$inferInsert {
  const { id, clientId, name, organization, owner, formerOwner, actsAs, clientType, since, marks } = app
  const registrar = marks.get('dynamic')
  const { website } = organization.line.at(-1) ?? organization
  return {
    id,
    clientId,
    organizationId: organization.id,
    rootOrganizationId: organization.rootOrganizationId,
    name,
    website: app.redirectHosts[0]?.includes('.example') ? `https://${app.redirectHosts[0]}` : website,
    actsAs,
    clientType,
    grantTypes: grantTypesOf(app),
    redirectUris: [...app.redirectUris],
    audience: marks.has('everyone') ? 'everyone' : 'internal',
    scopes: [...app.scopes],
    requiresPkce: !marks.has('no-pkce'),
    introspectsOrganization: marks.has('introspects'),
    origin: registrar ? 'dynamic-registration' : marks.has('api') ? 'api' : 'console',
    registeredByAppId: registrar ? named(cast, registrar).id : null,
    createdBy: registrar ? null : (formerOwner ?? owner).id,
    ownerId: owner.id,
    createdAt: since,
    updatedAt: app.endedAt ?? app.disabledAt ?? app.ownerSince ?? since,
    updatedBy: registrar ? null : owner.id,
    version: app.ownerSince ? 2 : 1,
    rotationDueSince: clock.agoOrNever(marks.get('due') ?? '-'),
    lastUsedAt: app.lastUsedAt,
    disabledAt: app.disabledAt,
    disabledBy: app.disabledAt && owner.id,
    endedAt: app.endedAt,
    endedBy: app.endedAt && owner.id,
  }
}

function grantTypesOf({ actsAs, scopes, marks }: App): string[] {
  if (actsAs === 'itself') return BY_ITSELF
  return [
    'authorization_code',
    ...(scopes.includes('offline_access') ? ['refresh_token'] : []),
    ...(marks.has('device') ? [DEVICE_CODE] : []),
  ]
}
