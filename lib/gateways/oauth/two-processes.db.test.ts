import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { database } from '#db/client'
import { tokens } from '#db/schema/authorizations'
import { organizations } from '#db/schema/organizations'
import { hashToken } from '#lib/base/secrets'
import { sealSession, sessionCookieName } from '#lib/base/session-cookie'
import { startSession } from '#lib/domain/users/start-session'
import { CALLBACK, makeAgreement, newRequest, type Request } from '#test/authorization-server'
import { type MadeApp, type MadeOrganization, makeApp, makeOrganization } from '#test/factories'
import { makeRobot } from '#test/own-api'
import { rounds } from '#test/rounds'
import { type Answered, type ServerProcess, withServerProcesses } from '#test/server-processes'
import { makeStandingAgreements, type Payloads, type StandingAgreement } from '#test/standing-agreements'

/*
 * Two processes of the product on one database. What one has removed when it answers, the other refuses at the next request,
 * whatever it was asked a moment before: no cache, no clock and no message between them is trusted.
 */
const processes = withServerProcesses(2)

const SCOPES = ['openid', 'profile']
/** As many rounds at once: each in an organization of its own. */
const LANES = 6
const IN_A_BATCH = 100
const MINUTES_MAX = 30

type Lane = {
  organization: MadeOrganization
  robotToken: string
  watcher: MadeApp
  request: Request
  payloads: Payloads
}

type Removal = (lane: Lane, agreement: StandingAgreement, at: ServerProcess) => Promise<Answered>

/** How something is removed: at one process, by a script of an administrator or by the person. */
const REMOVALS = {
  'for one person': ({ robotToken }, { authorizationId }, at) =>
    at.ask('DELETE', `/api/v1/authorizations/${authorizationId}`, { token: robotToken }),
  'for everyone': (lane, { app }, at) => inRoot(lane, 'DELETE', `/authorized-apps/${app.id}`, at),
  'by a freeze': (lane, { app }, at) => inRoot(lane, 'PUT', `/authorized-apps/${app.id}/frozen`, at),
  'by a block': (lane, { app }, at) => inRoot(lane, 'PUT', `/authorized-apps/${app.id}/blocked`, at),
  'by the person': (_, { authorizationId, personalToken }, at) =>
    at.ask('DELETE', `/api/v1/authorizations/${authorizationId}`, { token: personalToken }),
  'by disabling the app': ({ robotToken }, { app }, at) =>
    at.ask('PUT', `/api/v1/connected-apps/${app.id}/disabled`, { token: robotToken }),
  'by deleting the app': ({ robotToken }, { app }, at) =>
    at.ask('DELETE', `/api/v1/connected-apps/${app.id}?${new URLSearchParams({ name: app.name })}`, {
      token: robotToken,
    }),
} satisfies Record<string, Removal>
const KINDS = Object.keys(REMOVALS) as (keyof typeof REMOVALS)[]

function inRoot({ organization, robotToken }: Lane, method: string, path: string, at: ServerProcess) {
  return at.ask(method, `/api/v1/organizations/${organization.id}${path}`, { token: robotToken })
}

type Use = 'introspection' | 'userinfo' | 'our own API' | 'refresh' | 'the code'

/** Whether what an app was given is let in, by each way to use it; `from` is where the request comes from. */
function uses(lane: Lane, agreement: StandingAgreement, at: ServerProcess, from: string) {
  const { accessToken: token, refreshToken, app } = agreement
  const getsTokens = async (form: Record<string, string>) => {
    const { status, body } = await at.ask('POST', '/oauth/token', { form, app, from })
    return status === 200 || body.access_token !== undefined
  }
  return {
    introspection: async () => {
      const form = { token }
      const { body } = await at.ask('POST', '/oauth/introspect', { form, app: lane.watcher, from })
      return body.active === true
    },
    userinfo: async () => (await at.ask('GET', '/oauth/userinfo', { token, from })).status === 200,
    'our own API': async () => (await at.ask('GET', '/api/v1/me', { token, from })).status === 200,
    refresh: () => getsTokens({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    'the code': () => getsTokens(redeeming(agreement.code, lane.request)),
  } satisfies Record<Use, () => Promise<boolean>>
}

const redeeming = (code: string, { verifier }: Request) => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: CALLBACK,
  code_verifier: verifier,
})

/** One round: what works at one process is removed at the other, and nothing works any more. What went wrong, in words. */
async function round(lane: Lane, agreement: StandingAgreement, number: number): Promise<string[]> {
  const kind = KINDS[number % KINDS.length] ?? 'for everyone'
  const [asked, removing] = number % 2 ? processes : processes.toReversed()
  if (!asked || !removing) throw new Error('There are two processes.')
  // From an address of its own: one that shows many tokens that are none is soon told no for that alone.
  const from = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`
  const use = uses(lane, agreement, asked, from)
  const before = await Promise.all([use.introspection(), use.userinfo(), use['our own API']()])
  if (before.includes(false)) return [`${kind}: it did not work before`]

  const { status, body } = await REMOVALS[kind](lane, agreement, removing)
  if (status >= 300) return [`${kind}: ${status} ${JSON.stringify(body)}`]

  const after = await Promise.all(
    Object.entries(use).map(async ([name, isLetIn]) => ((await isLetIn()) ? [`${kind}: ${name}`] : [])),
  )
  return after.flat()
}

it(
  'what one process removes, the other refuses at the next request, without a miss [P40] [P41]',
  async () => {
    const count = rounds(1000, 10_000)
    const lanes = await Promise.all(Array.from({ length: LANES }, makeLane))
    let begun = 0
    const misses: string[] = []
    await Promise.all(
      lanes.map(async (lane) => {
        while (begun < count) {
          const numbers = Array.from({ length: Math.min(IN_A_BATCH, count - begun) }, () => begun++)
          const agreements = await makeStandingAgreements(
            lane.organization,
            numbers.length,
            SCOPES,
            lane.payloads,
          )
          for (const [at, agreement] of agreements.entries())
            misses.push(...(await round(lane, agreement, numbers[at] ?? 0)))
        }
      }),
    )
    expect(begun).toBe(count)
    expect(misses).toEqual([])
  },
  MINUTES_MAX * 60_000,
)

it('what nothing was removed from works at both, in every way', async () => {
  const lane = await makeLane()
  const agreements = await makeStandingAgreements(lane.organization, KINDS.length, SCOPES, lane.payloads)
  for (const [at, agreement] of agreements.entries()) {
    const asked = processes[at % 2]
    if (!asked) throw new Error('There are two processes.')
    for (const [name, isLetIn] of Object.entries(uses(lane, agreement, asked, `10.255.0.${at}`)))
      expect([name, await isLetIn()]).toEqual([name, true])
  }
})

async function makeLane(): Promise<Lane> {
  const organization = await makeOrganization()
  await database()
    .update(organizations)
    .set({ allowsPasswordTokens: true })
    .where(eq(organizations.id, organization.id))
  const scopes = ['authorizations:remove', 'connected-apps:write']
  const { app: robot } = await makeRobot(organization, scopes)
  const [one] = processes
  const form = { grant_type: 'client_credentials', scope: scopes.join(' ') }
  const robotToken = String((await one?.ask('POST', '/oauth/token', { form, app: robot }))?.body.access_token)
  const watcher = await makeApp({ organization, introspectsOrganization: true })
  const { app, person } = await makeAgreement({ organization, scopes: SCOPES })
  const request = await newRequest(app, SCOPES.join(' '))
  return { organization, robotToken, watcher, request, payloads: await payloadsOf(app, person, request) }
}

/** What is kept of a code and tokens that were issued for real. */
async function payloadsOf(
  app: MadeApp,
  person: { id: `usr_${string}` },
  request: Request,
): Promise<Payloads> {
  const [one] = processes
  if (!one) throw new Error('No process is there.')
  const { sessionId } = await startSession({}, { userId: person.id, authenticationMethods: ['pwd'] })
  const cookie = `${sessionCookieName()}=${await sealSession(sessionId, 3600)}`
  const { headers } = await one.ask('GET', `/oauth/authorize?${new URLSearchParams(request.parameters)}`, {
    cookie,
  })
  const code = new URL(headers.location ?? '').searchParams.get('code') ?? ''
  const { body } = await one.ask('POST', '/oauth/token', { form: redeeming(code, request), app })
  const payloadOf = async (value: unknown) => {
    const [row] = await database()
      .select()
      .from(tokens)
      .where(eq(tokens.hash, hashToken(String(value))))
    if (!row) throw new Error('Nothing was issued.')
    return row.payload
  }
  return {
    'authorization-code': await payloadOf(code),
    'access-token': await payloadOf(body.access_token),
    'refresh-token': await payloadOf(body.refresh_token),
  }
}
