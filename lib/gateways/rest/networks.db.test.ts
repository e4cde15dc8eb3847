import { describe, expect, it } from 'vitest'
import { RATES } from '#lib/domain/api-calls/schema'
import { setNetworks } from '#lib/domain/installations/set-networks'
import { as } from '#test/actors'
import { alreadyAsked } from '#test/already-asked'
import { askAnypoint } from '#test/anypoint'
import { type MadeApp, type MadeOrganization, makeApp, makeMember, makeOrganization } from '#test/factories'
import { ask, makeRobot, makeTokenThrough, withOwnApi } from '#test/own-api'

withOwnApi()

const INSIDE = '203.0.113.9'

async function holdToOffice({ id, owner }: MadeOrganization, app: MadeApp): Promise<void> {
  const limit = { mode: 'enforce' as const, networks: ['203.0.113.0/24'], version: 0 }
  await setNetworks(as(owner), { rootOrganizationId: id, appId: app.id, ...limit })
}

const ours = (sent: { token: string; ip: string }) => ask('GET', '/organizations', sent)
const anypoints = (sent: { token: string; ip: string }) => askAnypoint('GET', '/api/users/me', sent)

describe('our own APIs, asked by an app from outside of its networks', () => {
  it('refuse it for itself and for a person, and answer it inside [P122]', async () => {
    const organization = await makeOrganization()
    const { app, token } = await makeRobot(organization)
    const through = await makeApp({ organization, scopes: ['organizations:read'] })
    const person = await makeMember(organization)
    const throughToken = await makeTokenThrough(person, through, organization, ['organizations:read'])
    await holdToOffice(organization, app)
    await holdToOffice(organization, through)
    for (const sent of [{ token }, { token: throughToken }]) {
      const refused = await ours({ ...sent, ip: '198.51.100.1' })
      expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } })
      expect(refused.body.detail).toContain('only from some networks')
      expect((await ours({ ...sent, ip: INSIDE })).status).toBe(200)
    }
    expect((await anypoints({ token: throughToken, ip: '198.51.100.1' })).status).toBe(403)
    expect((await anypoints({ token: throughToken, ip: INSIDE })).status).toBe(200)
  })

  it.each([
    ['ours', ours, '198.51.100.21'],
    ['Anypoint’s', anypoints, '198.51.100.22'],
  ])('%s counts it against its address, as it does nobody', async (_, asked, ip) => {
    const organization = await makeOrganization()
    const { app, token } = await makeRobot(organization)
    await holdToOffice(organization, app)
    const first = await asked({ token, ip })
    expect(first.status).toBe(403)
    expect(first.headers.get('ratelimit-policy')).toBe(`"stranger";q=${RATES.stranger};w=60`)
    await alreadyAsked('stranger', ip, RATES.stranger)
    expect((await asked({ token, ip })).status).toBe(429)
  })
})
