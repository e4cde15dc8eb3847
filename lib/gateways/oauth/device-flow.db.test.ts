import { and, eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { events } from '#db/schema/audit'
import { authorizations, liveAuthorizations, tokenFamilies } from '#db/schema/authorizations'
import { installations } from '#db/schema/installations'
import { signInThrottles } from '#db/schema/users'
import { readEnvironment, setEnvironment } from '#lib/base/env'
import { approveRequest } from '#lib/domain/allowlist/approve-request'
import { requestApproval } from '#lib/domain/allowlist/request-approval'
import { restrict } from '#lib/domain/allowlist/restrict'
import { flushLastUse } from '#lib/domain/authorizations/last-use'
import { findProtocolRecord, keepProtocolRecord } from '#lib/domain/authorizations/protocol-records'
import { as } from '#test/actors'
import {
  ask,
  browserOf,
  introspect,
  makeAgreement,
  running,
  withAuthorizationServer,
} from '#test/authorization-server'
import type { Browser } from '#test/browser'
import { type MadeApp, type MadeUser, makeApp, makeMember, makeOrganization } from '#test/factories'
import { Visit } from '#test/visit'
import { answerNo, answerYes } from './interaction-answers.ts'
import { restOf } from './way-on.ts'

withAuthorizationServer()

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'
const SETTINGS = { clientType: 'native' as const, grantTypes: [DEVICE, 'refresh_token'], redirectUris: [] }

const start = (app: MadeApp) => ask('/oauth/device', { client_id: app.clientId, scope: 'openid profile' })
const poll = (app: MadeApp, device_code: unknown) =>
  ask('/oauth/token', { grant_type: DEVICE, client_id: app.clientId, device_code: String(device_code) })

/** Types the code and, if asked, confirms; the last answer. */
async function connect(
  browser: Browser,
  userCode: string,
  act: Record<string, string> = { confirm: 'yes' },
): Promise<Response> {
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(await (await browser.get('/device')).text())?.[1] ?? ''
  const shown = await browser.post('/device', { xsrf, user_code: userCode })
  if (!(await shown.clone().text()).includes('name="confirm"')) return shown
  return browser.post('/device', { xsrf, user_code: userCode, ...act })
}

/** The interaction that connecting leads to. */
async function stoppedAt(person: MadeUser, userCode: unknown): Promise<Visit> {
  const browser = await browserOf(person)
  const sent = await connect(browser, String(userCode))
  return new Visit(browser, new URL(sent.headers.get('location') ?? '', running.origin))
}

/** Lets a device code expire, as ten minutes do. */
async function expire(deviceCode: unknown): Promise<void> {
  const id = String(deviceCode)
  const payload = (await findProtocolRecord('DeviceCode', id))?.payload
  const exp = Math.floor(Date.now() / 1000) - 1
  await keepProtocolRecord({
    model: 'DeviceCode',
    id,
    payload: { ...payload, exp },
    expiresAtSeconds: exp,
  })
}

async function familyEndsOf(app: MadeApp): Promise<unknown[]> {
  const found = await database()
    .select()
    .from(events)
    .where(and(eq(events.name, 'token-family.ended'), eq(events.appId, app.id)))
  return found.map((event) => event.details.reason)
}

describe('a device', () => {
  // All tests come from one address.
  const forgive = async () => {
    await database().delete(signInThrottles)
  }
  beforeEach(forgive)
  afterAll(forgive)

  it('is connected by a person who compares its code, and gets tokens once', async () => {
    const { app, person } = await makeAgreement({ settings: SETTINGS })
    const { body } = await start(app)
    expect(body.verification_uri).toMatch(/\/device$/)
    expect((await poll(app, body.device_code)).body.error).toBe('authorization_pending')
    const done = await connect(await browserOf(person), String(body.user_code).toLowerCase())
    expect(await done.text()).toContain('is connected')
    expect((await poll(app, body.device_code)).status).toBe(200)
    expect((await poll(app, body.device_code)).body.error).toBe('invalid_grant')
  })

  it('whose code is redeemed eight ways at once gets tokens once at most, and what it got is taken back', async () => {
    for (const _ of Array.from({ length: 3 })) {
      const { organization, app, person } = await makeAgreement({ settings: SETTINGS })
      const gateway = await makeApp({ organization, introspectsOrganization: true })
      const { body } = await start(app)
      await connect(await browserOf(person), String(body.user_code))
      const answers = await Promise.all(Array.from({ length: 8 }, () => poll(app, body.device_code)))
      const given = answers.filter(({ status }) => status === 200)
      const others = answers.filter(({ status }) => status !== 200)
      expect(given.length).toBeLessThanOrEqual(1)
      expect(others.map(({ body }) => body.error)).toEqual(others.map(() => 'invalid_grant'))
      for (const { body } of given)
        expect(await introspect(gateway, String(body.access_token))).toEqual({ active: false })
      expect(await familyEndsOf(app)).toEqual(['replay'])
    }
  })

  it('holds a token of its own family', async () => {
    const { organization, app, person } = await makeAgreement({ settings: SETTINGS })
    const gateway = await makeApp({ organization, introspectsOrganization: true })
    const { body } = await start(app)
    await connect(await browserOf(person), String(body.user_code))
    const tokens = (await poll(app, body.device_code)).body
    expect(await introspect(gateway, String(tokens.access_token))).toMatchObject({
      active: true,
      sub: person.id,
      scope: 'openid profile',
    })
  })

  it('is named by its own address, not by that of the browser its code was confirmed in', async () => {
    setEnvironment(readEnvironment({ PUBLIC_URL: running.origin, TRUSTED_PROXIES: '127.0.0.1, ::1' }))
    const { app, person } = await makeAgreement({ settings: SETTINGS })
    const asked = await fetch(`${running.origin}/oauth/device`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: app.clientId, scope: 'openid profile' }),
      headers: { 'user-agent': 'Meter/1.0', 'x-forwarded-for': '203.0.113.66' },
    })
    const body = (await asked.json()) as Record<string, unknown>
    await connect(await browserOf(person), String(body.user_code))
    expect((await poll(app, body.device_code)).status).toBe(200)
    const families = await database()
      .select({ ip: tokenFamilies.ip, userAgent: tokenFamilies.userAgent })
      .from(tokenFamilies)
      .innerJoin(authorizations, eq(authorizations.id, tokenFamilies.authorizationId))
      .where(eq(authorizations.appId, app.id))
    expect(families).toEqual([{ ip: '203.0.113.66', userAgent: 'Meter/1.0' }])
  })

  it('that gets its first tokens was used: the installation says so', async () => {
    const { app, person } = await makeAgreement({ settings: SETTINGS })
    const { body } = await start(app)
    await connect(await browserOf(person), String(body.user_code))
    await flushLastUse()
    const usedAt = async () =>
      (await database().select().from(installations).where(eq(installations.appId, app.id)))[0]?.lastUsedAt
    expect(await usedAt()).toBeNull()
    await poll(app, body.device_code)
    await flushLastUse()
    expect(await usedAt()).toBeInstanceOf(Date)
  })

  it('whose person cancels is told so', async () => {
    const { app, person } = await makeAgreement({ settings: SETTINGS })
    const { body } = await start(app)
    const done = await connect(await browserOf(person), String(body.user_code), {
      confirm: 'yes',
      abort: 'yes',
    })
    expect(await done.text()).toContain('was not connected')
    expect((await poll(app, body.device_code)).body.error).toBe('access_denied')
  })

  it('of a person who has not agreed leads to the interaction’s page, and gets nothing meanwhile', async () => {
    const organization = await makeOrganization()
    const person = await makeMember(organization)
    const app = await makeApp({ organization, ...SETTINGS })
    const { body } = await start(app)
    const sent = await connect(await browserOf(person), String(body.user_code))
    expect(sent.headers.get('location')).toMatch(/\/interaction\//)
    expect((await poll(app, body.device_code)).body.error).toBe('authorization_pending')
  })

  it('that waited too long hears that its code expired, and so does whoever types it', async () => {
    const { app, person } = await makeAgreement({ settings: SETTINGS })
    const { body } = await start(app)
    await expire(body.device_code)
    expect((await poll(app, body.device_code)).body.error).toBe('expired_token')
    const browser = await browserOf(person)
    // More often than a code may be guessed: who knows it does not guess.
    for (const _ of Array.from({ length: 11 })) {
      const page = await connect(browser, String(body.user_code))
      expect(await page.text()).toContain('That code has expired. Start again on your device.')
    }
    const again = await start(app)
    expect(await (await connect(browser, String(again.body.user_code))).text()).toContain('is connected')
  })

  it('that waits no longer is given nothing: its person is sent to begin there again, and no yes is recorded', async () => {
    const organization = await makeOrganization()
    const person = await makeMember(organization)
    const app = await makeApp({ organization, ...SETTINGS })
    const { body } = await start(app)
    const asked = await stoppedAt(person, body.user_code)
    const atHand = await asked.atHand()
    expect(await asked.view()).toMatchObject({ kind: 'consent' })
    await expire(body.device_code)
    expect(await asked.view()).toMatchObject({ kind: 'not-awaited', app: { name: app.name } })
    const yes = { rootOrganizationId: organization.id, scopes: ['openid', 'profile'] }
    await expect(answerYes(atHand, yes)).rejects.toMatchObject({ code: 'conflict' })
    expect(
      await database().select().from(liveAuthorizations).where(eq(liveAuthorizations.appId, app.id)),
    ).toEqual([])
  })

  it('whose code expires between the answer and the way back hears so, and so does its person', async () => {
    const organization = await makeOrganization()
    const person = await makeMember(organization)
    const app = await makeApp({ organization, ...SETTINGS })
    const yes = { rootOrganizationId: organization.id, scopes: ['openid', 'profile'] }
    const answers = [
      { answer: (visit: Visit) => visit.atHand().then(answerNo), words: 'was not connected' },
      {
        answer: (visit: Visit) => visit.atHand().then((atHand) => answerYes(atHand, yes)),
        words: 'That code has expired. Start again on your device.',
      },
    ]
    for (const { answer, words } of answers) {
      const { body } = await start(app)
      const asked = await stoppedAt(person, body.user_code)
      const back = new URL(await answer(asked))
      await expire(body.device_code)
      expect(await (await asked.browser.get(back.pathname)).text()).toContain(words)
      expect((await poll(app, body.device_code)).body.error).toBe('expired_token')
    }
  })

  it('that has its answer is given no other by a page that is still open', async () => {
    const organization = await makeOrganization()
    const person = await makeMember(organization)
    const app = await makeApp({ organization, ...SETTINGS })
    const { body } = await start(app)
    const asked = await stoppedAt(person, body.user_code)
    const atHand = await asked.atHand()
    const back = await answerNo(atHand)
    await asked.browser.get(new URL(back).pathname)
    expect((await poll(app, body.device_code)).body.error).toBe('access_denied')
    const yes = { rootOrganizationId: organization.id, scopes: ['openid', 'profile'] }
    await expect(answerYes(atHand, yes)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('whose app is approved later goes on while it waits, and begins again once it does not [P67]', async () => {
    const organization = await makeOrganization()
    const person = await makeMember(organization)
    await restrict(as(organization.owner), { rootOrganizationId: organization.id })
    const publisher = await makeOrganization()
    const app = await makeApp({ organization: publisher, audience: 'everyone', ...SETTINGS })
    const { body } = await start(app)
    const asked = await stoppedAt(person, body.user_code)
    const view = await asked.view()
    if (view.kind !== 'approval-needed' || !view.request) throw new Error(`The page says ${view.kind}.`)
    await requestApproval(as(person), { requestId: view.request.id, interaction: asked.uid })
    await approveRequest(as(organization.owner), { requestId: view.request.id })
    expect(await restOf(asked.uid)).toBe('kept-for-device')
    expect(await asked.view()).toMatchObject({ kind: 'consent' })
    await expire(body.device_code)
    expect(await restOf(asked.uid)).toBe('on-device')
    expect(await asked.view()).toMatchObject({ kind: 'not-awaited' })
  })

  it('with a code nobody knows is told so, on a page of ours', async () => {
    const { person } = await makeAgreement({ settings: SETTINGS })
    const page = await connect(await browserOf(person), 'BBBB-<b>')
    const text = await page.text()
    expect(text).toContain('not a code we know')
    expect(text).not.toContain('<b>')
  })

  it('’s code cannot be guessed: after ten wrong ones nobody at that address is answered for a while', async () => {
    const { app, person } = await makeAgreement({ settings: SETTINGS })
    const { body } = await start(app)
    const browser = await browserOf(person)
    for (const _ of Array.from({ length: 10 })) await connect(browser, 'BBBB-BBBB')
    const refused = await connect(browser, String(body.user_code))
    expect(await refused.text()).toContain('Too many codes')
    expect((await poll(app, body.device_code)).body.error).toBe('authorization_pending')
  })
})
