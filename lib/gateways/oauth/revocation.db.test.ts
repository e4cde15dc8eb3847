import { describe, expect, it } from 'vitest'
import { ask, introspect, makeAgreement, tokensOf, withAuthorizationServer } from '#test/authorization-server'
import { makeApp } from '#test/factories'

withAuthorizationServer()

describe('an app gives a token back', () => {
  it.each(['access_token', 'refresh_token'] as const)(
    '%s: the whole family ends, the yes stands',
    async (which) => {
      const { app, person } = await makeAgreement()
      const tokens = await tokensOf(app, person, 'openid')
      const other = await tokensOf(app, person, 'openid')
      const answer = await ask('/oauth/revoke', { token: tokens[which] ?? '' }, app)
      expect(answer).toMatchObject({ status: 200, body: {} })
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
      expect(await introspect(app, tokens.access_token)).toEqual({ active: false })
      const refreshed = await ask(
        '/oauth/token',
        { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' },
        app,
      )
      expect(refreshed.body.error).toBe('invalid_grant')
      expect((await introspect(app, other.access_token)).active).toBe(true)
      expect((await tokensOf(app, person, 'openid')).access_token).toBeTruthy()
    },
  )

  it('acting for itself: that one token ends', async () => {
    const { organization } = await makeAgreement()
    const app = await makeApp({ organization, actsAs: 'itself' })
    const [one, other] = await Promise.all(
      [0, 1].map(() => ask('/oauth/token', { grant_type: 'client_credentials' }, app)),
    )
    await ask('/oauth/revoke', { token: String(one?.body.access_token) }, app)
    expect((await introspect(app, String(one?.body.access_token))).active).toBe(false)
    expect((await introspect(app, String(other?.body.access_token))).active).toBe(true)
  })

  it('that is not its own, or none: nothing happens, and nothing is told', async () => {
    const { organization, app, person } = await makeAgreement()
    const stranger = await makeApp({ organization })
    const tokens = await tokensOf(app, person, 'openid')
    for (const token of [tokens.access_token, tokens.refresh_token ?? '', 'unknown']) {
      expect(await ask('/oauth/revoke', { token }, stranger)).toMatchObject({ status: 200, body: {} })
    }
    expect((await introspect(app, tokens.access_token)).active).toBe(true)
  })

  it('only with its own credentials', async () => {
    const { app, person } = await makeAgreement()
    const tokens = await tokensOf(app, person, 'openid')
    const answer = await ask('/oauth/revoke', { token: tokens.access_token }, { ...app, secret: 'wrong' })
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    expect((await introspect(app, tokens.access_token)).active).toBe(true)
  })
})
