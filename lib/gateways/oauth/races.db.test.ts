import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { events } from '#db/schema/audit'
import { tokenFamilies } from '#db/schema/authorizations'
import {
  ask,
  authorize,
  browserOf,
  CALLBACK,
  introspect,
  makeAgreement,
  newRequest,
  tokensOf,
  withAuthorizationServer,
} from '#test/authorization-server'

withAuthorizationServer()

const EIGHT = Array.from({ length: 8 })

async function familyEnds(appId: string): Promise<(string | null)[]> {
  const found = await database().select().from(events).where(eq(events.name, 'token-family.ended'))
  const ids = found.filter((event) => event.appId === appId).map((event) => event.details.familyId as never)
  const ends = await Promise.all(
    ids.map((id) => database().select().from(tokenFamilies).where(eq(tokenFamilies.id, id))),
  )
  return ends.flat().map((family) => family.endedReason)
}

describe('a code', () => {
  it('redeemed eight ways at once gives tokens to exactly one, and what it gave is taken back', async () => {
    for (const _ of Array.from({ length: 3 })) {
      const { app, person } = await makeAgreement()
      const request = await newRequest(app, 'openid')
      const back = await authorize(await browserOf(person), request)
      const form = {
        grant_type: 'authorization_code',
        code: back.searchParams.get('code') ?? '',
        redirect_uri: CALLBACK,
        code_verifier: request.verifier,
      }
      const answers = await Promise.all(EIGHT.map(() => ask('/oauth/token', form, app)))
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400, 400, 400, 400])
      const others = answers.filter(({ status }) => status === 400)
      expect(others.map(({ body }) => body.error)).toEqual(others.map(() => 'invalid_grant'))
      const given = answers.find(({ status }) => status === 200)
      expect(await introspect(app, String(given?.body.access_token))).toEqual({ active: false })
      expect(await familyEnds(app.id)).toEqual(['replay'])
      expect((await tokensOf(app, person, 'openid')).access_token).toBeTruthy()
    }
  })

  it('redeemed by another app, with another verifier or another redirect URI gives nothing', async () => {
    const { organization, app, person } = await makeAgreement()
    const other = (await makeAgreement({ organization })).app
    const request = await newRequest(app, 'openid')
    const back = await authorize(await browserOf(person), request)
    const form = {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: CALLBACK,
      code_verifier: request.verifier,
    }
    for (const [wrong, asker] of [
      [form, other],
      [{ ...form, code_verifier: 'x'.repeat(43) }, app],
      [{ ...form, redirect_uri: `${CALLBACK}/else` }, app],
    ] as const) {
      expect((await ask('/oauth/token', wrong, asker)).body.error).toBe('invalid_grant')
    }
    expect((await ask('/oauth/token', form, app)).status).toBe(200)
  })
})

describe('a refresh token', () => {
  it('used twice ends its family, and the yes stands', async () => {
    const { app, person } = await makeAgreement()
    const tokens = await tokensOf(app, person, 'openid')
    const other = await tokensOf(app, person, 'openid')
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' }
    const first = await ask('/oauth/token', form, app)
    expect(first.status).toBe(200)
    expect((await ask('/oauth/token', form, app)).body.error).toBe('invalid_grant')
    for (const token of [tokens.access_token, String(first.body.access_token)]) {
      expect(await introspect(app, token)).toEqual({ active: false })
    }
    const renewed = { grant_type: 'refresh_token', refresh_token: String(first.body.refresh_token) }
    expect((await ask('/oauth/token', renewed, app)).body.error).toBe('invalid_grant')
    expect(await familyEnds(app.id)).toEqual(['reuse'])
    expect((await introspect(app, other.access_token)).active).toBe(true)
    expect((await tokensOf(app, person, 'openid')).access_token).toBeTruthy()
  })

  it('used eight times at once gives new tokens to exactly one, and its family ends', async () => {
    const { app, person } = await makeAgreement()
    const tokens = await tokensOf(app, person, 'openid')
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' }
    const answers = await Promise.all(EIGHT.map(() => ask('/oauth/token', form, app)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ body }) => body.error === 'invalid_grant')).toHaveLength(7)
    expect(await introspect(app, tokens.access_token)).toEqual({ active: false })
    expect(await familyEnds(app.id)).toEqual(['reuse'])
  })

  it('of another app gives nothing, and ends nothing', async () => {
    const { organization, app, person } = await makeAgreement()
    const thief = (await makeAgreement({ organization })).app
    const tokens = await tokensOf(app, person, 'openid')
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' }
    expect((await ask('/oauth/token', form, thief)).body.error).toBe('invalid_grant')
    expect((await ask('/oauth/token', form, app)).status).toBe(200)
  })
})
