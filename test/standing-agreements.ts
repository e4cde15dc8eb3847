import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { authorizations, tokenFamilies, tokens } from '#db/schema/authorizations'
import { appSecrets, connectedApps } from '#db/schema/connected-apps'
import { installations } from '#db/schema/installations'
import { memberships } from '#db/schema/organizations'
import { sessions, users } from '#db/schema/users'
import { type Id, newId } from '#lib/base/ids'
import { keyFor } from '#lib/base/secret-key'
import { hashSecret, hashToken, newClientId, newClientSecret, newPersonalToken } from '#lib/base/secrets'
import type { TokenKind } from '#lib/domain/authorizations/find-live-tokens'
import { CALLBACK } from '#test/authorization-server'
import type { MadeOrganization } from '#test/factories'

type Issued = Exclude<TokenKind, 'client-credentials'>
/** What the authorization server keeps of each kind, as it kept it of one it issued. */
export type Payloads = Record<Issued, Record<string, unknown>>

/** A person who said yes to an app, and what the app was given. */
export type StandingAgreement = {
  app: { id: Id<'app'>; name: string; clientId: string; secret: string }
  authorizationId: Id<'authorization'>
  accessToken: string
  refreshToken: string
  /** Not yet redeemed; of a family of its own. */
  code: string
  /** What the person traded their password for. */
  personalToken: string
}

const HOUR_SECONDS = 3600

/** Many of them, each of a person and an app of its own, in as many statements as there are tables. */
export async function makeStandingAgreements(
  organization: MadeOrganization,
  count: number,
  scopes: readonly string[],
  payloads: Payloads,
): Promise<StandingAgreement[]> {
  const made = Array.from({ length: count }, () => newAgreement(organization, scopes, payloads))
  const db = database()
  const each = <Row>(rowsOf: (one: (typeof made)[number]) => Row | Row[]) => made.flatMap(rowsOf)
  await db.insert(users).values(each(({ user }) => user))
  await db.insert(memberships).values(each(({ membership }) => membership))
  await db.insert(sessions).values(each(({ session }) => session))
  await db.insert(connectedApps).values(each(({ appRow }) => appRow))
  await db.insert(appSecrets).values(each(({ secretRow }) => secretRow))
  await db.insert(installations).values(each(({ installation }) => installation))
  await db.insert(authorizations).values(each(({ authorization }) => authorization))
  await db.insert(tokenFamilies).values(each(({ families }) => families))
  await db.insert(tokens).values(each(({ tokenRows }) => tokenRows))
  // As the database does by itself of tables that grew: a plan made while they were empty reads all of them.
  await db.execute(
    sql`analyze users, memberships, connected_apps, app_secrets, installations, authorizations, token_families, tokens`,
  )
  return made.map(({ agreement }) => agreement)
}

function newAgreement(organization: MadeOrganization, scopes: readonly string[], payloads: Payloads) {
  const { id: rootOrganizationId } = organization
  const root = { organizationId: rootOrganizationId, rootOrganizationId }
  const word = randomBytes(8).toString('hex')
  const now = Math.floor(Date.now() / 1000)
  const expiresAt = new Date((now + HOUR_SECONDS) * 1000)
  const user = {
    id: newId('user'),
    username: `person-${word}`,
    email: `person-${word}@example.com`,
    fullName: `Person ${word}`,
    homeOrganizationId: rootOrganizationId,
  }
  const membership = { id: newId('membership'), userId: user.id, ...root, role: 'member' as const }
  const agreement: StandingAgreement = {
    app: { id: newId('app'), name: `App ${word}`, clientId: newClientId(), secret: newClientSecret() },
    authorizationId: newId('authorization'),
    accessToken: `access-${word}`,
    refreshToken: `refresh-${word}`,
    code: `code-${word}`,
    personalToken: newPersonalToken(),
  }
  const { app, authorizationId, accessToken, refreshToken, code, personalToken } = agreement
  const appId = app.id
  const installation = { id: newId('installation'), rootOrganizationId, appId }
  const newFamily = () => ({ id: newId('tokenFamily'), authorizationId, scopes: [...scopes] })
  const [family, familyOfCode] = [newFamily(), newFamily()]
  const tokenRow = (kind: Issued, value: string, { id: familyId } = family) => ({
    hash: hashToken(value),
    kind,
    appId,
    familyId,
    payload: { ...payloads[kind], iat: now, exp: now + HOUR_SECONDS },
    expiresAt,
  })
  return {
    agreement,
    user,
    membership,
    session: {
      id: newId('session'),
      userId: user.id,
      authenticationMethods: ['pwd'],
      expiresAt,
      tokenHash: hashToken(personalToken),
    },
    appRow: {
      id: appId,
      clientId: app.clientId,
      name: app.name,
      ...root,
      ownerId: organization.owner.id,
      createdBy: organization.owner.id,
      actsAs: 'user' as const,
      clientType: 'server' as const,
      grantTypes: ['authorization_code' as const, 'refresh_token' as const],
      redirectUris: [CALLBACK],
      scopes: [...scopes],
    },
    secretRow: {
      id: newId('secret'),
      appId,
      name: 'Made for a test',
      hash: hashSecret(app.secret, keyFor('secret-hashing')),
      lastFour: app.secret.slice(-4),
      source: 'generated' as const,
    },
    installation,
    authorization: {
      id: authorizationId,
      installationId: installation.id,
      rootOrganizationId,
      appId,
      userId: user.id,
      membershipId: membership.id,
      scopes: [...scopes],
      epoch: 0,
    },
    families: [family, familyOfCode],
    tokenRows: [
      tokenRow('access-token', accessToken),
      tokenRow('refresh-token', refreshToken),
      tokenRow('authorization-code', code, familyOfCode),
    ],
  }
}
