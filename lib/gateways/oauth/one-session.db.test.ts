import { eq } from 'drizzle-orm'
import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { sessions } from '#db/schema/users'
import type { Id } from '#lib/base/ids'
import { sessionCookieName } from '#lib/base/session-cookie'
import { endSession } from '#lib/domain/users/end-session'
import { as } from '#test/actors'
import {
  authorize,
  browserOf,
  makeAgreement,
  newRequest,
  redeem,
  running,
  signInAt,
  withAuthorizationServer,
} from '#test/authorization-server'
import type { Browser } from '#test/browser'
import { type MadeApp, type MadeUser, makeMember } from '#test/factories'
import { answer, interactionAtHand } from './interaction-at-hand.ts'

withAuthorizationServer()

/** Whom the app takes the browser for; null when somebody has to sign in or agree first. */
async function whoIs(browser: Browser, app: MadeApp): Promise<string | null> {
  const request = await newRequest(app, 'openid')
  const back = await authorize(browser, request)
  if (back.pathname.startsWith('/interaction/')) return null
  const { id_token = '' } = await redeem(app, back, request)
  return decodeJwt(id_token).sub ?? null
}

async function two() {
  const { organization, app, person: first } = await makeAgreement()
  const second = await makeMember(organization)
  await makeAgreement({ organization, app, person: second })
  return { app, first, second }
}

const signOut = (person: MadeUser, sessionId: Id<'session'>) => endSession(as(person), { sessionId })

describe('one session for console and apps', () => {
  it('the first signs out, the second signs in, the app gets the second [P132]', async () => {
    const { app, first, second } = await two()
    const browser = await browserOf(null)
    const session = await signInAt(browser, first)
    expect(await whoIs(browser, app)).toBe(first.id)
    await signOut(first, session)
    expect(await whoIs(browser, app)).toBeNull()
    await signInAt(browser, second)
    expect(await whoIs(browser, app)).toBe(second.id)
  })

  it('the second signs in without the first having signed out: the app gets the second [P132]', async () => {
    const { app, first, second } = await two()
    const browser = await browserOf(first)
    expect(await whoIs(browser, app)).toBe(first.id)
    await signInAt(browser, second)
    expect(await whoIs(browser, app)).toBe(second.id)
  })

  it('without the console’s cookie the other one is worth nothing', async () => {
    const { app, first } = await two()
    const browser = await browserOf(first)
    expect(await whoIs(browser, app)).toBe(first.id)
    browser.set(sessionCookieName(), '')
    expect(await whoIs(browser, app)).toBeNull()
  })

  it('an interaction in which the first signed in gives the second no code of the first [P132]', async () => {
    const { app, first, second } = await two()
    const browser = await browserOf(null)
    const page = await authorize(browser, await newRequest(app, 'openid'))
    const uid = page.pathname.split('/').at(-1) ?? ''
    const session = await signInAt(browser, first)
    await answerLogin(browser, uid, first)
    await signOut(first, session)
    const resumed = await browser.get(`/oauth/authorize/${uid}`)
    expect(resumed.headers.get('location')).toMatch(/\/interaction\//)
    await signInAt(browser, second)
    expect(await whoIs(browser, app)).toBe(second.id)
  })

  it('goes on by itself once somebody signed in where it was asked', async () => {
    const { app, first } = await two()
    const browser = await browserOf(null)
    const request = await newRequest(app, 'openid')
    const uid = (await authorize(browser, request)).pathname.split('/').at(-1) ?? ''
    await signInAt(browser, first)
    await answerLogin(browser, uid, first)
    const resumed = await browser.get(`/oauth/authorize/${uid}`)
    const tokens = await redeem(app, new URL(resumed.headers.get('location') ?? ''), request)
    expect(tokens.claims()?.sub).toBe(first.id)
  })

  it('a fresh sign-in that an app asks for must be fresh', async () => {
    const { app, first } = await two()
    const browser = await browserOf(null)
    const session = await signInAt(browser, first)
    await database()
      .update(sessions)
      .set({ authenticatedAt: new Date(Date.now() - 3_600_000) })
      .where(eq(sessions.id, session))
    const uid =
      (await authorize(browser, await newRequest(app, 'openid', { prompt: 'login' }))).pathname
        .split('/')
        .at(-1) ?? ''
    await answerLogin(browser, uid, first)
    const stale = await browser.get(`/oauth/authorize/${uid}`)
    const again = new URL(stale.headers.get('location') ?? '', running.origin)
    expect(again.pathname).toMatch(/^\/interaction\//)
    await signInAt(browser, first)
    const next = again.pathname.split('/').at(-1) ?? ''
    await answerLogin(browser, next, first)
    const back = await browser.get(`/oauth/authorize/${next}`)
    expect(new URL(back.headers.get('location') ?? '').searchParams.get('code')).toBeTruthy()
  })

  it('a forged or altered cookie is nobody’s', async () => {
    const { app, first } = await two()
    const browser = await browserOf(first)
    await whoIs(browser, app)
    const stolen = await browserOf(null)
    for (const name of ['gatehouse.oauth', 'gatehouse.oauth.sig']) stolen.set(name, cookieOf(browser, name))
    expect(await whoIs(stolen, app)).toBeNull()
    stolen.set(sessionCookieName(), 'eyJhbGciOiJkaXIifQ.x.y.z.w')
    expect(await whoIs(stolen, app)).toBeNull()
  })
})

describe('signing out from an app', () => {
  it('asks first, then ends the console’s session too, and no token', async () => {
    const { app, first } = await two()
    const browser = await browserOf(first)
    const request = await newRequest(app, 'openid')
    const tokens = await redeem(app, await authorize(browser, request), request)
    const query = new URLSearchParams({
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: 'https://app.example.com/callback',
      state: 'x',
    })
    const page = await browser.get(`/oauth/end-session?${query}`)
    const text = await page.text()
    expect(page.status).toBe(200)
    expect(text).toContain('Sign out?')
    expect(page.headers.get('content-security-policy')).toMatch(
      /form-action 'self' https:\/\/app\.example\.com/,
    )
    expect(await whoIs(browser, app)).toBe(first.id)

    const asked = await (await browser.get(`/oauth/end-session?${query}`)).text()
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(asked)?.[1] ?? ''
    expect((await browser.post('/oauth/end-session/confirm', { xsrf: 'forged', logout: 'yes' })).status).toBe(
      400,
    )
    const done = await browser.post('/oauth/end-session/confirm', { xsrf, logout: 'yes' })
    expect(done.headers.get('location')).toBe('https://app.example.com/callback?state=x')
    expect(await whoIs(browser, app)).toBeNull()
    const rows = await database().select().from(sessions).where(eq(sessions.userId, first.id))
    expect(rows.map((row) => row.endedReason)).toEqual(['signed-out'])
    const refreshed = await fetch(`${running.origin}/oauth/userinfo`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    })
    expect(refreshed.status).toBe(200)
  })

  it('sends nobody to an address that the app has not registered', async () => {
    const { app, person } = await makeAgreement()
    const browser = await browserOf(person)
    for (const client_id of [app.clientId, undefined]) {
      const asked = new URLSearchParams({
        ...(client_id && { client_id }),
        post_logout_redirect_uri: 'https://evil.example/',
      })
      const answer = await browser.get(`/oauth/end-session?${asked}`)
      expect(answer.headers.get('location')).toBeNull()
      expect(answer.headers.get('content-security-policy')).not.toContain('evil.example')
    }
  })

  it('can be declined', async () => {
    const { app, first } = await two()
    const browser = await browserOf(first)
    await whoIs(browser, app)
    const page = await (await browser.get('/oauth/end-session')).text()
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
    const done = await browser.post('/oauth/end-session/confirm', { xsrf })
    expect(
      await (await browser.get(new URL(done.headers.get('location') ?? '', running.origin).pathname)).text(),
    ).toContain('still signed in')
    expect(await whoIs(browser, app)).toBe(first.id)
  })
})

function cookieOf(browser: Browser, name: string): string {
  const pair = browser
    .cookieHeader()
    .split('; ')
    .find((one) => one.startsWith(`${name}=`))
  return pair?.slice(name.length + 1) ?? ''
}

/** What the sign-in page answers to an interaction. */
async function answerLogin(browser: Browser, uid: string, person: MadeUser): Promise<void> {
  const atHand = await interactionAtHand(browser.cookieHeader(`/interaction/${uid}`), uid)
  if (!atHand) throw new Error('There is no such interaction.')
  await answer(atHand, { login: { accountId: person.id } })
}
