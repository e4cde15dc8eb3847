import * as openid from 'openid-client'
import { beforeEach, describe, expect, it } from 'vitest'
import { addEntry } from '#lib/domain/allowlist/add-entry'
import { approveRequest } from '#lib/domain/allowlist/approve-request'
import { changeRequestRules } from '#lib/domain/allowlist/change-request-rules'
import { requestApproval } from '#lib/domain/allowlist/request-approval'
import { restrict } from '#lib/domain/allowlist/restrict'
import { as } from '#test/actors'
import {
  ask,
  authorize,
  browserOf,
  introspect,
  newRequest,
  type Request,
  redeem,
  running,
  withAuthorizationServer,
} from '#test/authorization-server'
import type { Browser } from '#test/browser'
import {
  type MadeApp,
  type MadeOrganization,
  type MadeUser,
  makeApp,
  makeMember,
  makeOrganization,
} from '#test/factories'
import { readInteraction } from './interaction.ts'
import { answerYes } from './interaction-answers.ts'
import { interactionAtHand } from './interaction-at-hand.ts'

/* The option “grant only approved scopes”, as an app and a person meet it (AM-22). */
withAuthorizationServer()

let here: MadeOrganization
let app: MadeApp
let person: MadeUser
let browser: Browser

const SCOPES = ['openid', 'profile', 'email', 'offline_access']
const WIDE = 'openid profile email'

beforeEach(async () => {
  here = await makeOrganization()
  app = await newApp()
  person = await makeMember(here)
  browser = await browserOf(person)
  await restrict(as(here.owner), { rootOrganizationId: here.id })
  await list('openid', 'profile', 'offline_access')
  await grantApprovedOnly(true)
})

async function newApp() {
  const organization = await makeOrganization()
  return makeApp({
    organization,
    audience: 'everyone',
    scopes: SCOPES,
    grantTypes: ['authorization_code', 'refresh_token'],
  })
}
const list = (...scopes: string[]) =>
  addEntry(as(here.owner), { rootOrganizationId: here.id, clientId: app.clientId, scopes })
const grantApprovedOnly = (isOn: boolean) =>
  changeRequestRules(as(here.owner), { rootOrganizationId: here.id, grantsApprovedOnly: isOn })

async function follow(location: string): Promise<URL> {
  let url = new URL(location, running.origin)
  while (url.origin === running.origin && !url.pathname.startsWith('/interaction/')) {
    const next = (await browser.get(`${url.pathname}${url.search}`)).headers.get('location')
    if (!next) throw new Error(`Nobody was sent on from ${url.pathname}.`)
    url = new URL(next, running.origin)
  }
  return url
}
async function page(request: Request) {
  const uid = (await authorize(browser, request)).pathname.split('/').at(-1) ?? ''
  const cookie = browser.cookieHeader(`/interaction/${uid}`)
  const view = await readInteraction({ cookie, uid })
  const yes = async (scopes: string[]) => {
    const atHand = await interactionAtHand(cookie, uid)
    if (!atHand) throw new Error('The interaction is gone.')
    return follow(await answerYes(atHand, { rootOrganizationId: here.id, scopes }))
  }
  return { view, yes }
}
/** From the app and back to it, with a yes on the page. */
async function agree(scope = WIDE) {
  const request = await newRequest(app, scope)
  const { view, yes } = await page(request)
  if (view.kind !== 'consent') throw new Error(`The page says ${view.kind}.`)
  return { view, tokens: await redeem(app, await yes([...view.asked]), request) }
}
const words = (scope: string | undefined) => scope?.split(' ').sort()

describe('where only approved scopes are granted', () => {
  it('the page asks for what is approved and names what is left out, and the answer says what was given [P110]', async () => {
    const { view, tokens } = await agree()
    expect(view.scopes.map(({ name }) => name).sort()).toEqual(['offline_access', 'openid', 'profile'])
    expect(view.withheld).toMatchObject([{ name: 'email', title: 'See your e-mail address' }])
    expect(view.request?.link).toContain('/approvals/')
    expect(words(tokens.scope)).toEqual(['openid', 'profile'])
    expect(words((await introspect(app, tokens.access_token)).scope)).not.toContain('email')
    const config = await running.as(app)
    const claims = await openid.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub ?? '')
    expect(claims.email).toBeUndefined()
    expect(claims.name).toBe(person.fullName)
  })

  it('a refresh gives no more than that, however much is asked [P76]', async () => {
    const { tokens } = await agree()
    const refresh = (scope?: string) =>
      ask(
        '/oauth/token',
        {
          grant_type: 'refresh_token',
          refresh_token: tokens.refresh_token ?? '',
          ...(scope && { scope }),
        },
        app,
      )
    expect((await refresh('openid email')).body.error).toBe('invalid_scope')
    expect(words((await refresh()).body.scope as string)).toEqual(['openid', 'profile'])
  })

  it('the same again asks nobody, also without a page, until what was left out is approved', async () => {
    await agree()
    const silent = await newRequest(app, WIDE, { prompt: 'none' })
    const again = await redeem(app, await authorize(browser, silent), silent)
    expect(words(again.scope)).toEqual(['openid', 'profile'])
    await list('email')
    const back = await authorize(browser, await newRequest(app, WIDE, { prompt: 'none' }))
    expect(back.searchParams.get('error')).toBe('consent_required')
    const { view, tokens } = await agree()
    expect(view.scopes.map(({ name }) => name)).toEqual(['email'])
    expect(view.withheld).toEqual([])
    expect(words(tokens.scope)).toEqual(['email', 'openid', 'profile'])
  })

  it('a person asks for what was left out from the page, and an approval brings it', async () => {
    const { view } = await page(await newRequest(app, WIDE))
    const requestId = view.kind === 'consent' ? view.request?.id : undefined
    if (!requestId) throw new Error('There is nothing to ask with.')
    await requestApproval(as(person), { requestId, reason: 'Mail it to me' })
    await approveRequest(as(here.owner), { requestId })
    const { view: later } = await page(await newRequest(app, WIDE))
    expect(later).toMatchObject({ kind: 'consent', withheld: [] })
  })

  it('keeping access is left out like any other: the app gets no refresh token', async () => {
    app = await newApp()
    await list('openid')
    const { view, tokens } = await agree('openid')
    expect(view.withheld.map(({ name }) => name)).toEqual(['offline_access'])
    expect(tokens.refresh_token).toBeUndefined()
  })

  it('where nothing of it is approved the person is stopped as ever [P62] [P73]', async () => {
    expect((await page(await newRequest(app, 'email'))).view.kind).toBe('consent')
    app = await newApp()
    await list('profile')
    expect((await page(await newRequest(app, 'email'))).view.kind).toBe('approval-needed')
  })

  it('switched off, the whole request is stopped again, and what was granted goes on [P53]', async () => {
    const { tokens } = await agree()
    await grantApprovedOnly(false)
    expect((await page(await newRequest(app, WIDE))).view.kind).toBe('approval-needed')
    expect((await introspect(app, tokens.access_token)).active).toBe(true)
    expect((await page(await newRequest(app, 'openid profile', { prompt: 'consent' }))).view).toMatchObject({
      kind: 'consent',
    })
  })

  it('a yes to a page that showed less than is asked by now is refused', async () => {
    const { yes } = await page(await newRequest(app, WIDE))
    await list('email')
    await expect(yes(['openid', 'profile', 'offline_access'])).rejects.toMatchObject({ code: 'conflict' })
  })
})
