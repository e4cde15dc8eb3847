import * as openid from 'openid-client'
import { beforeEach, describe, expect, it } from 'vitest'
import { approveRequest } from '#lib/domain/allowlist/approve-request'
import { declineRequest } from '#lib/domain/allowlist/decline-request'
import { requestApproval } from '#lib/domain/allowlist/request-approval'
import { restrict } from '#lib/domain/allowlist/restrict'
import { blockApp } from '#lib/domain/installations/block-app'
import { as } from '#test/actors'
import {
  ask,
  authorize,
  browserOf,
  newRequest,
  type Request,
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
import { answerNo, answerYes } from './interaction-answers.ts'
import { interactionAtHand } from './interaction-at-hand.ts'
import { restOf } from './way-on.ts'

/* What an app sees that is not approved, through a client library as apps use it (AM-20, AM-31). */
withAuthorizationServer()

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'
let here: MadeOrganization
let app: MadeApp
let person: MadeUser
let browser: Browser

beforeEach(async () => {
  here = await makeOrganization()
  app = await newApp()
  person = await makeMember(here)
  browser = await browserOf(person)
  await restrict(as(here.owner), { rootOrganizationId: here.id })
})

const newApp = async (settings: Partial<Parameters<typeof makeApp>[0]> = {}) =>
  makeApp({
    audience: 'everyone',
    scopes: ['openid', 'profile'],
    ...settings,
    organization: await makeOrganization(),
  })

async function follow(location: string): Promise<URL> {
  let url = new URL(location, running.origin)
  while (url.origin === running.origin && !url.pathname.startsWith('/interaction/')) {
    const next = (await browser.get(`${url.pathname}${url.search}`)).headers.get('location')
    if (!next) return url
    url = new URL(next, running.origin)
  }
  return url
}
async function pageAt(location: URL) {
  const uid = location.pathname.split('/').at(-1) ?? ''
  const cookie = browser.cookieHeader(`/interaction/${uid}`)
  const atHand = async () => {
    const found = await interactionAtHand(cookie, uid)
    if (!found) throw new Error('The interaction is gone.')
    return found
  }
  return {
    uid,
    view: () => readInteraction({ cookie, uid }),
    back: async () => follow(await answerNo(await atHand())),
    yes: async (scopes: string[]) =>
      follow(await answerYes(await atHand(), { rootOrganizationId: here.id, scopes })),
  }
}
const stopped = async (request: Request) => pageAt(await authorize(browser, request))
async function requestOf(page: Awaited<ReturnType<typeof stopped>>) {
  const view = await page.view()
  if (view.kind !== 'approval-needed' || !view.request) throw new Error(`The page says ${view.kind}.`)
  await requestApproval(as(person), { requestId: view.request.id, interaction: page.uid })
  return view.request.id
}
/** As a client library reads where the browser came back to. */
const redeemed = async (back: URL, { verifier, state }: Request) =>
  openid.authorizationCodeGrant(await running.as(app), back, {
    pkceCodeVerifier: verifier,
    expectedState: state,
  })

describe('an app that is not approved', () => {
  it('learns interaction_required with words where it may ask nobody, and nothing of person or policy [P62]', async () => {
    const request = await newRequest(app, 'openid', { prompt: 'none' })
    const back = await authorize(browser, request)
    await expect(redeemed(back, request)).rejects.toMatchObject({
      error: 'interaction_required',
      error_description: 'the organization does not let its people authorize this app now',
    })
    expect(back.search).not.toContain(here.id)
  })

  it('gets access_denied with words when the person goes back, and no code ever comes [P62]', async () => {
    const request = await newRequest(app, 'openid')
    const page = await stopped(request)
    await requestOf(page)
    const back = await page.back()
    await expect(redeemed(back, request)).rejects.toMatchObject({
      error: 'access_denied',
      error_description: 'the person left without an authorization',
    })
    expect(back.searchParams.get('iss')).toBe(running.origin)
  })

  it('gets its code where the person stopped, once it is approved: the same request, kept for them [P67]', async () => {
    const request = await newRequest(app, 'openid profile')
    const page = await stopped(request)
    const requestId = await requestOf(page)
    expect(await restOf(page.uid)).toBe('kept')
    await approveRequest(as(here.owner), { requestId })
    const view = await page.view()
    if (view.kind !== 'consent') throw new Error(`The page says ${view.kind}.`)
    const tokens = await redeemed(await page.yes([...view.asked]), request)
    expect(tokens.claims()?.sub).toBe(person.id)
    expect(await restOf(page.uid)).toBeNull()
  })

  it('is stopped as before once it is declined, and the person may ask anew [P62]', async () => {
    const page = await stopped(await newRequest(app, 'openid'))
    const requestId = await requestOf(page)
    await declineRequest(as(here.owner), { requestId })
    const view = await page.view()
    expect(view).toMatchObject({ kind: 'approval-needed', request: { own: null } })
    expect(view.kind === 'approval-needed' && view.request?.id).not.toBe(requestId)
  })

  it('that is blocked while the person waits is blocked for them at the next look, and asks for nothing more', async () => {
    const page = await stopped(await newRequest(app, 'openid'))
    await requestOf(page)
    await blockApp(as(here.owner), { appId: app.id, rootOrganizationId: here.id })
    expect((await page.view()).kind).toBe('blocked')
    await expect(page.yes(['openid'])).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('on a device: our page says so, and polling gets access_denied when the person leaves', async () => {
    app = await newApp({ clientType: 'native', grantTypes: [DEVICE], redirectUris: [] })
    const { body } = await ask('/oauth/device', { client_id: app.clientId, scope: 'openid' })
    const poll = async () =>
      (
        await ask('/oauth/token', {
          grant_type: DEVICE,
          client_id: app.clientId,
          device_code: String(body.device_code),
        })
      ).body
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(await (await browser.get('/device')).text())?.[1] ?? ''
    const user_code = String(body.user_code)
    await browser.post('/device', { xsrf, user_code })
    const confirmed = await browser.post('/device', { xsrf, user_code, confirm: 'yes' })
    const page = await pageAt(new URL(confirmed.headers.get('location') ?? '', running.origin))
    expect((await page.view()).kind).toBe('approval-needed')
    expect((await poll()).error).toBe('authorization_pending')
    await page.back()
    expect((await poll()).error).toBe('access_denied')
  })

  it('cannot have a token without a person: unauthorized_client, and where to read why', async () => {
    const config = await running.as(app)
    await expect(openid.clientCredentialsGrant(config)).rejects.toMatchObject({
      error: 'unauthorized_client',
    })
    const { status, body } = await ask('/oauth/token', { grant_type: 'client_credentials' }, app)
    expect([status, body.error_uri]).toEqual([400, `${running.origin}/why/unauthorized-client`])
  })

  it.each([
    ['of 10,000 characters', 'x'.repeat(10_000)],
    ['that looks like another', 'op\u0435nid'],
    ['with a control character', 'openid\u0007'],
    ['of a thousand unknown names', Array.from({ length: 1000 }, (_, at) => `scope-${at}`).join(' ')],
  ])('is refused a scope string %s, or asks for none of it', async (_, scope) => {
    const request = await newRequest(app, scope)
    const response = await browser.get(`/oauth/authorize?${new URLSearchParams(request.parameters)}`)
    const location = new URL(response.headers.get('location') ?? '', running.origin)
    if (!location.pathname.startsWith('/interaction/'))
      return expect(location.searchParams.get('error')).toMatch(/^invalid_(scope|request)$/)
    // What nobody offers is ignored (RFC 6749 §3.3): the request is for nothing.
    const view = await (await pageAt(location)).view()
    expect(view).toMatchObject({ kind: 'approval-needed', missing: [], listed: [] })
  })

  it('that repeats a scope a hundred times asks for it once', async () => {
    const page = await stopped(await newRequest(app, Array.from({ length: 100 }, () => 'openid').join(' ')))
    const view = await page.view()
    expect(view.kind === 'approval-needed' && view.missing.map(({ name }) => name)).toEqual(['openid'])
  })
})
