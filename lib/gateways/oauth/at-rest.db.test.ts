import { expect, it } from 'vitest'
import { flushLastUse } from '#lib/domain/authorizations/last-use'
import {
  ask,
  authorize,
  browserOf,
  introspect,
  makeAgreement,
  newRequest,
  redeem,
  withAuthorizationServer,
} from '#test/authorization-server'
import { everyText } from '#test/every-text'
import { makeApp } from '#test/factories'

withAuthorizationServer()

it('no plain token, code, secret or cookie can be found by searching the whole database [P133]', async () => {
  const { organization, app, person } = await makeAgreement({
    settings: {
      grantTypes: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
    },
  })
  const itself = await makeApp({ organization, actsAs: 'itself' })
  const browser = await browserOf(person)
  const issued: string[] = [app.secret, itself.secret]

  const request = await newRequest(app, 'openid')
  const back = await authorize(browser, request)
  const tokens = await redeem(app, back, request)
  issued.push(
    back.searchParams.get('code') ?? '',
    tokens.access_token,
    tokens.refresh_token ?? '',
    tokens.id_token ?? '',
  )
  const refreshed = await ask(
    '/oauth/token',
    { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' },
    app,
  )
  issued.push(String(refreshed.body.access_token), String(refreshed.body.refresh_token))
  const own = await ask('/oauth/token', { grant_type: 'client_credentials' }, itself)
  issued.push(String(own.body.access_token))

  // An interaction under way, with an ID token as a hint, and a pushed request.
  const waiting = await newRequest(app, 'openid', { prompt: 'consent', id_token_hint: tokens.id_token ?? '' })
  const page = await authorize(browser, waiting)
  issued.push(page.pathname.split('/').at(-1) ?? '')
  const pushed = await ask('/oauth/par', (await newRequest(app, 'openid')).parameters, app)
  issued.push(String(pushed.body.request_uri).split(':').at(-1) ?? '')
  const device = await ask('/oauth/device', { scope: 'openid' }, app)
  issued.push(String(device.body.device_code), String(device.body.user_code).replace('-', ''))
  const form = await (await browser.get(`/device`)).text()
  issued.push(/name="xsrf" value="([^"]+)"/.exec(form)?.[1] ?? '')

  // Lookups leave nothing behind either.
  await introspect(app, String(refreshed.body.access_token))
  await flushLastUse()
  issued.push(...browser.values())

  expect(issued.every((value) => value.length >= 8)).toBe(true)
  expect(issued.length).toBeGreaterThan(18)
  const everything = await everyText()
  // The search sees what there is: a client id is no secret.
  expect(everything.some(({ text }) => text.includes(app.clientId))).toBe(true)
  const found = everything.filter(({ text }) => issued.some((value) => text.includes(value)))
  expect(found.map(({ table }) => table)).toEqual([])
})
