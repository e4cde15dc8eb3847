import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { events } from '#db/schema/audit'
import { connectedApps } from '#db/schema/connected-apps'
import { as, asApp, asThrough } from '#test/actors'
import { type MadeApp, type MadeOrganization, makeApp, makeMember, makeOrganization } from '#test/factories'
import { freezeApp } from './freeze-app.ts'
import { getNetworks } from './get-networks.ts'
import { type InstallationOf, NETWORKS_MAX } from './schema.ts'
import { setNetworks } from './set-networks.ts'

const OFFICE = '203.0.113.0/24'
const LAB = '2001:db8::/32'

let here: MadeOrganization
let app: MadeApp
let named: InstallationOf

beforeEach(async () => {
  here = await makeOrganization()
  app = await makeApp({ organization: await makeOrganization(), audience: 'everyone' })
  named = { rootOrganizationId: here.id, appId: app.id }
})

const save = (networks: string[], version: number, mode: 'off' | 'enforce' = 'enforce') =>
  setNetworks(as(here.owner), { ...named, mode, networks, version })
const found = async () => {
  const { mode, networks, version } = await getNetworks(as(here.owner), named)
  return { mode, networks, version }
}
const told = async () => {
  const rows = await database()
    .select()
    .from(events)
    .where(and(eq(events.rootOrganizationId, here.id), eq(events.name, 'installation.networks-changed')))
    .orderBy(events.id)
  return rows.map(({ details }) => details)
}

describe('the networks of an app', () => {
  it('are none until somebody says so, and are kept in one form, each once [P122]', async () => {
    expect(await found()).toEqual({ mode: 'off', networks: [], version: 0 })
    expect(await save(['203.0.113.77/24', LAB.toUpperCase(), OFFICE, '198.51.100.7'], 0)).toEqual({
      version: 1,
    })
    expect(await found()).toEqual({
      mode: 'enforce',
      networks: [OFFICE, LAB, '198.51.100.7/32'],
      version: 1,
    })
  })

  it('stay while they are not asked about, and each change is recorded once, with what it was before [P124]', async () => {
    await save([OFFICE], 0)
    expect(await save([OFFICE], 1)).toEqual({ version: 1 })
    await save([OFFICE], 1, 'off')
    expect(await found()).toEqual({ mode: 'off', networks: [OFFICE], version: 2 })
    expect(await told()).toEqual([
      {
        version: 1,
        changed: {
          mode: { before: 'off', after: 'enforce' },
          networks: { before: [], after: [OFFICE] },
        },
      },
      { version: 2, changed: { mode: { before: 'enforce', after: 'off' } } },
    ])
  })

  it('are of one organization: another has its own for the same app [P121]', async () => {
    const other = await makeOrganization()
    await save([OFFICE], 0)
    const theirs = { ...named, rootOrganizationId: other.id }
    expect(await getNetworks(as(other.owner), theirs)).toMatchObject({ mode: 'off', networks: [] })
  })

  it('say where whoever asks comes from, so that they can let themselves in', async () => {
    const asked = await getNetworks({ ...as(here.owner), ip: '203.0.113.9' }, named)
    expect(asked.ownAddress).toBe('203.0.113.9')
  })
})

describe('saving networks', () => {
  it('over somebody’s newer ones is refused, and says who changed what', async () => {
    await save([OFFICE], 0)
    const admin = await makeMember(here, 'administrator')
    await expect(
      setNetworks(as(admin), { ...named, mode: 'enforce', networks: [LAB], version: 0 }),
    ).rejects.toMatchObject({
      code: 'conflict',
      isOvertaken: true,
      fields: { networks: `Changed by ${here.owner.fullName}.` },
    })
    expect(await found()).toMatchObject({ networks: [OFFICE], version: 1 })
  })

  it('by eight at once from the same version is done once', async () => {
    const networks = Array.from({ length: 8 }, (_, at) => `203.0.${at}.0/24`)
    const saved = await Promise.allSettled(networks.map((network) => save([network], 0)))
    expect(saved.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await told()).toHaveLength(1)
  })

  it.each([
    ['none, where they are enforced', [], 'networks'],
    ['what is no network', [OFFICE, 'the office'], 'networks.1'],
    ['a prefix that is too long', ['203.0.113.0/33'], 'networks.0'],
    [
      'more than can be looked through',
      Array.from({ length: NETWORKS_MAX + 1 }, (_, at) => `10.0.${at}.0/24`),
      'networks',
    ],
  ])('refuses %s', async (_, networks, field) => {
    await expect(save(networks, 0)).rejects.toMatchObject({
      code: 'invalid',
      fields: { [field]: expect.any(String) },
    })
    expect(await found()).toEqual({ mode: 'off', networks: [], version: 0 })
  })

  it('refuses an app that nobody here could meet, a member, and another organization’s administrator', async () => {
    const limit = { mode: 'enforce' as const, networks: [OFFICE], version: 0 }
    const hidden = await makeApp({ organization: await makeOrganization(), audience: 'internal' })
    await expect(setNetworks(as(here.owner), { ...named, ...limit, appId: hidden.id })).rejects.toMatchObject(
      { code: 'not-found' },
    )
    await expect(getNetworks(as(here.owner), { ...named, appId: hidden.id })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(setNetworks(as(await makeMember(here)), { ...named, ...limit })).rejects.toMatchObject({
      code: 'forbidden',
    })
    const { owner } = await makeOrganization()
    await expect(setNetworks(as(owner), { ...named, ...limit })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('refuses an app’s token that would let that app in', async () => {
    const scope = 'authorizations:remove'
    const limit = { mode: 'off' as const, networks: [], version: 1 }
    await save([OFFICE], 0)
    await expect(
      setNetworks(asThrough(here.owner, app, [scope, 'organizations:read'], here.id), { ...named, ...limit }),
    ).rejects.toMatchObject({ code: 'forbidden' })
    const robot = await makeApp({ organization: here, actsAs: 'itself', scopes: [scope] })
    await database()
      .update(connectedApps)
      .set({ registeredByAppId: robot.id })
      .where(eq(connectedApps.id, app.id))
    const acting = asApp(robot, [scope, 'organizations:read'], here)
    await expect(setNetworks(acting, { ...named, ...limit })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await found()).toMatchObject({ mode: 'enforce' })
  })

  it('leaves a freeze what it is', async () => {
    await freezeApp(as(here.owner), named)
    await save([OFFICE], 0)
    await expect(freezeApp(as(here.owner), named)).resolves.toBeDefined()
  })
})
