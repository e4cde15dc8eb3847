import { eq } from 'drizzle-orm'
import { database, transaction } from '#db/client'
import { apis, appSecrets, connectedApps, scopes } from '#db/schema/connected-apps'
import { memberships, organizationAncestors, organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { type Id, newId } from '#lib/base/ids'
import { keyFor } from '#lib/base/secret-key'
import { hashSecret, newClientId, newClientSecret } from '#lib/base/secrets'

/** Everything here makes what a test needs and nothing else; each test makes an organization of its own. */
export type MadeUser = { id: Id<'user'>; username: string; email: string; fullName: string }
export type MadeOrganization = {
  id: Id<'organization'>
  rootOrganizationId: Id<'organization'>
  name: string
  owner: MadeUser
}
export type MadeApp = {
  id: Id<'app'>
  clientId: string
  name: string
  organizationId: Id<'organization'>
  rootOrganizationId: Id<'organization'>
  ownerId: Id<'user'>
  /** The plain secret; empty for a public client. */
  secret: string
}
export type Role = 'administrator' | 'developer' | 'member'

let made = 0
/** A word that no other test of any run uses. */
function unique(): string {
  made += 1
  return `${made}${newId('user').slice(-10)}`
}

/** A person with an account and no place anywhere. */
export async function makeUser(given: Partial<MadeUser> & { isOperator?: boolean } = {}): Promise<MadeUser> {
  const word = unique()
  const user = {
    id: newId('user'),
    username: given.username ?? `person-${word}`,
    email: given.email ?? `person-${word}@example.com`,
    fullName: given.fullName ?? `Person ${word}`,
  }
  await database()
    .insert(users)
    .values({ ...user, operatorSince: given.isOperator ? new Date() : null })
  return user
}

/** A root organization with an owner, who administers it. */
export async function makeOrganization(
  given: { name?: string; owner?: MadeUser } = {},
): Promise<MadeOrganization> {
  const owner = given.owner ?? (await makeUser())
  const id = newId('organization')
  const name = given.name ?? `Organization ${unique()}`
  await transaction(async (tx) => {
    await tx.insert(organizations).values({ id, name, rootOrganizationId: id, ownerId: owner.id })
    await tx.insert(organizationAncestors).values({ organizationId: id, ancestorId: id, depth: 0 })
  })
  await makeMembership({ id, rootOrganizationId: id }, owner.id, 'administrator')
  return { id, rootOrganizationId: id, name, owner }
}

/** A business group under a root organization or another business group. */
export async function makeBusinessGroup(
  parent: MadeOrganization,
  given: { name?: string } = {},
): Promise<MadeOrganization> {
  const id = newId('organization')
  const name = given.name ?? `Business group ${unique()}`
  const { rootOrganizationId } = parent
  await transaction(async (tx) => {
    await tx.insert(organizations).values({ id, name, rootOrganizationId, parentId: parent.id })
    const above = await tx
      .select()
      .from(organizationAncestors)
      .where(eq(organizationAncestors.organizationId, parent.id))
    await tx
      .insert(organizationAncestors)
      .values([
        { organizationId: id, ancestorId: id, depth: 0 },
        ...above.map((row) => ({ organizationId: id, ancestorId: row.ancestorId, depth: row.depth + 1 })),
      ])
  })
  return { id, rootOrganizationId, name, owner: parent.owner }
}

/** Gives a person a place; one in a business group brings a plain one in its root. */
export async function makeMembership(
  organization: Pick<MadeOrganization, 'id' | 'rootOrganizationId'>,
  userId: Id<'user'>,
  role: Role,
): Promise<void> {
  const { rootOrganizationId } = organization
  const rows = [
    { id: newId('membership'), userId, organizationId: organization.id, rootOrganizationId, role },
  ]
  if (organization.id !== rootOrganizationId) {
    rows.push({
      id: newId('membership'),
      userId,
      organizationId: rootOrganizationId,
      rootOrganizationId,
      role: 'member',
    })
  }
  await database().insert(memberships).values(rows).onConflictDoNothing()
}

/** A new person with that role there. */
export async function makeMember(
  organization: Pick<MadeOrganization, 'id' | 'rootOrganizationId'>,
  role: Role = 'member',
  given: Partial<MadeUser> = {},
): Promise<MadeUser> {
  const user = await makeUser(given)
  await makeMembership(organization, user.id, role)
  return user
}

type AppGiven = Partial<Omit<typeof connectedApps.$inferInsert, 'organizationId'>> & {
  organization: MadeOrganization
}

/** An app that acts for people: a server with one live secret, one redirect URI, and `openid profile`. */
export async function makeApp({ organization, ...given }: AppGiven): Promise<MadeApp> {
  const clientType = given.clientType ?? 'server'
  const actsAs = given.actsAs ?? 'user'
  const app = {
    id: given.id ?? newId('app'),
    clientId: given.clientId ?? newClientId(),
    organizationId: organization.id,
    rootOrganizationId: organization.rootOrganizationId,
    name: given.name ?? `App ${unique()}`,
    ownerId: given.ownerId ?? organization.owner.id,
  }
  await database()
    .insert(connectedApps)
    .values({
      actsAs,
      clientType,
      grantTypes: actsAs === 'itself' ? ['client_credentials'] : ['authorization_code', 'refresh_token'],
      redirectUris: actsAs === 'itself' ? [] : ['https://app.example.com/callback'],
      scopes: ['openid', 'profile'],
      createdBy: app.ownerId,
      ...given,
      ...app,
    })
  const secret = clientType === 'server' ? await makeSecret(app.id) : ''
  return { ...app, secret }
}

/** One more live secret of an app; the plain value. */
export async function makeSecret(appId: Id<'app'>, secret = newClientSecret()): Promise<string> {
  await database()
    .insert(appSecrets)
    .values({
      id: newId('secret'),
      appId,
      name: 'Made for a test',
      hash: hashSecret(secret, keyFor('secret-hashing')),
      lastFour: secret.slice(-4),
      source: 'generated',
    })
  return secret
}

/** An API of an organization with scopes of its own; their names, in the order of `needs`. */
export async function makeApi(
  root: Pick<MadeOrganization, 'rootOrganizationId'>,
  needs: { needsOrganization?: boolean; needsEnvironment?: boolean; resourceServerAppId?: Id<'app'> }[] = [
    {},
  ],
  settings: Partial<
    Pick<typeof apis.$inferInsert, 'openTo' | 'tokenFormat' | 'jwtLifetimeSeconds' | 'audience'>
  > = {},
): Promise<string[]> {
  const word = unique()
  const apiId = newId('api')
  const { rootOrganizationId } = root
  await database()
    .insert(apis)
    .values({
      id: apiId,
      rootOrganizationId,
      name: `API ${word}`,
      audience: `https://${word}.example.com`,
      scopePrefix: `api${word}`,
      resourceServerAppId: needs[0]?.resourceServerAppId,
      ...settings,
    })
  const rows = needs.map(({ needsOrganization, needsEnvironment }, at) => ({
    name: `api${word}:scope${at}`,
    apiId,
    title: `Use scope ${at}`,
    description: `What scope ${at} is good for.`,
    risk: 'low' as const,
    needsOrganization: needsOrganization ?? false,
    needsEnvironment: needsEnvironment ?? false,
  }))
  await database().insert(scopes).values(rows)
  return rows.map((row) => row.name)
}
