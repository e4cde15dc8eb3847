import { beforeAll, expect } from 'vitest'
import { appContexts } from '#db/schema/connected-apps'
import { readEnvironment, setEnvironment } from '#lib/base/env'
import { withinRequest } from '#lib/base/request-context'
import { hashToken } from '#lib/base/secrets'
import { startTokenFamily } from '#lib/domain/authorizations/token-families'
import { insertToken } from '#lib/domain/authorizations/token-records'
import { syncBuiltInScopes } from '#lib/domain/connected-apps/sync-built-in-scopes'
import type { UserActor } from '#lib/domain/permissions/actor'
import { handleRest } from '#lib/gateways/rest/handle-rest'
import { undescribed } from '#test/api-document'
import { makeAuthorization } from '#test/authorizations'
import { database } from '#test/database'
import { type MadeApp, type MadeOrganization, type MadeUser, makeApp } from '#test/factories'
import { requestFrom } from '#test/request-from'

const ORIGIN = 'http://localhost:3000'
export const AUDIENCE = `${ORIGIN}/api/v1`
/** What a script that looks after apps holds. */
export const ALL = [
  'connected-apps:read',
  'connected-apps:write',
  'connected-apps:secrets',
  'organizations:read',
]
let made = 0

/** Sets the address the API is reached at, and its scopes, for the tests of one file. */
export function withOwnApi(): void {
  beforeAll(async () => {
    setEnvironment(readEnvironment({ PUBLIC_URL: ORIGIN }))
    await syncBuiltInScopes(ORIGIN)
  })
}

/** An app acting for itself with these scopes in these places, and a live token of its own. */
export async function makeRobot(organization: MadeOrganization, scopes = ALL, places = [organization]) {
  const app = await makeApp({ organization, actsAs: 'itself', scopes: [...scopes, 'profile'].sort() })
  const contexts = scopes.flatMap((scope) =>
    places.map(({ id }) => ({ appId: app.id, scope, organizationId: id })),
  )
  await database().insert(appContexts).values(contexts)
  return { app, token: await makeToken(app, scopes) }
}

/** A live token of an app acting for itself. */
export async function makeToken(
  app: MadeApp,
  scopes: readonly string[],
  more: Record<string, unknown> = {},
): Promise<string> {
  const value = `test-token-${Date.now()}-${++made}`
  await insertToken({
    hash: hashToken(value),
    kind: 'client-credentials',
    appId: app.id,
    appEpoch: 0,
    payload: { scope: scopes.join(' '), ...more },
    expiresAtSeconds: Date.now() / 1000 + 60,
  })
  return value
}

/** A live token of an app acting for a person, who authorized it for these scopes. */
export async function makeTokenThrough(
  person: MadeUser,
  app: MadeApp,
  root: MadeOrganization,
  scopes: readonly string[] = ALL,
): Promise<string> {
  const value = `test-token-${Date.now()}-${++made}`
  const authorizationId = await makeAuthorization(person, app, root, [...scopes].sort())
  await insertToken({
    hash: hashToken(value),
    kind: 'access-token',
    appId: app.id,
    familyId: await startTokenFamily(database(), { authorizationId, scopes }),
    payload: { scope: scopes.join(' ') },
    expiresAtSeconds: Date.now() / 1000 + 60,
  })
  return value
}

export type Sent = {
  token?: string
  cookie?: UserActor
  body?: unknown
  headers?: Record<string, string>
  /** The address it comes from. */
  ip?: string
}

/** Asks our own API, and sees to it that its document describes the answer. */
export async function ask(
  method: string,
  path: string,
  { token, cookie, body, headers = {}, ip }: Sent = {},
) {
  const isText = typeof body === 'string'
  const request = new Request(`${AUDIENCE}${path}`, {
    method,
    headers: {
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : isText ? body : JSON.stringify(body),
  })
  const handled = () => handleRest(request, { consoleActor: async () => cookie ?? null, audience: AUDIENCE })
  const response = await (ip ? withinRequest(requestFrom(ip), handled) : handled())
  const text = await response.text()
  const { status, headers: answered } = response
  const isJson = /json$/.test(answered.get('content-type') ?? '')
  const given = text === '' ? undefined : isJson ? JSON.parse(text) : text
  expect(undescribed({ method, path, status, headers: answered, body: given })).toEqual([])
  return { status, headers: answered, body: given }
}
