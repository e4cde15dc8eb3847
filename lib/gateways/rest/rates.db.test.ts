import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { requestCounts } from '#db/schema/api-calls'
import { hashToken } from '#lib/base/secrets'
import { RATES } from '#lib/domain/api-calls/schema'
import { as } from '#test/actors'
import { alreadyAsked } from '#test/already-asked'
import { database } from '#test/database'
import { makeOrganization } from '#test/factories'
import { ALL, ask, makeRobot, makeToken, withOwnApi } from '#test/own-api'

withOwnApi()

describe('requests of a caller', () => {
  it('are counted over all tokens of one app, and each answer says what is left', async () => {
    const { app, token } = await makeRobot(await makeOrganization())
    const first = await ask('GET', '/organizations', { token })
    expect(first.headers.get('ratelimit-policy')).toBe(`"app";q=${RATES.app};w=60`)
    expect(first.headers.get('ratelimit')).toMatch(new RegExp(`^"app";r=${RATES.app - 1};t=\\d+$`))
    const other = await makeToken(app, ALL)
    // A no counts, and says it, too.
    const refused = await ask('GET', '/organizations/nonsense', { token: other })
    expect(refused.headers.get('ratelimit')).toContain(`r=${RATES.app - 2};`)
  })

  it('are refused beyond their minute’s share, and let through in the next', async () => {
    const { app, token } = await makeRobot(await makeOrganization())
    await alreadyAsked('app', app.id, RATES.app)
    const refused = await ask('GET', '/organizations', { token })
    expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-requests' } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    await database()
      .update(requestCounts)
      .set({ windowStartedAt: sql`now() - interval '61 seconds'` })
      .where(eq(requestCounts.keyHash, hashToken(`app ${app.id}`)))
    expect((await ask('GET', '/organizations', { token })).status).toBe(200)
  })

  it('are counted exactly when many come at once', async () => {
    const { app, token } = await makeRobot(await makeOrganization())
    await alreadyAsked('app', app.id, RATES.app - 3)
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => ask('GET', '/organizations', { token })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
  })

  it('from the console have a larger share of their own', async () => {
    const root = await makeOrganization()
    const { headers } = await ask('GET', '/organizations', { cookie: as(root.owner) })
    expect(headers.get('ratelimit-policy')).toBe(`"console";q=${RATES.console};w=60`)
  })

  it('that are nobody’s count against their address, and no known caller suffers for it', async () => {
    const { token } = await makeRobot(await makeOrganization())
    const ip = '2001:db8:77:1::5'
    const nobody = () => ask('GET', '/organizations', { token: 'no-such-token', ip })
    expect((await nobody()).status).toBe(401)
    await alreadyAsked('stranger', '2001:db8:77:1', RATES.stranger)
    expect((await nobody()).status).toBe(429)
    // A neighbour in the same network is the same stranger.
    expect((await ask('GET', '/organizations', { ip: '2001:db8:77:1::6' })).status).toBe(429)
    expect((await ask('GET', '/organizations', { token, ip })).status).toBe(200)
  })
})
