import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { database } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { installations } from '#db/schema/installations'
import { newId } from '#lib/base/ids'
import { newClientId } from '#lib/base/secrets'
import { as } from '#test/actors'
import { makeApp, makeMember, makeOrganization } from '#test/factories'
import { blockApp } from './block-app.ts'
import { countBlockedApps } from './count-blocked-apps.ts'
import { listBlockedApps } from './list-blocked-apps.ts'
import { BLOCKED_SHOWN_MAX } from './schema.ts'
import { unblockApp } from './unblock-app.ts'

it('lists what is blocked in one root organization, the latest first, until it is unblocked [P108]', async () => {
  const [here, elsewhere] = [await makeOrganization(), await makeOrganization()]
  const own = await makeApp({ organization: here })
  const foreign = await makeApp({ organization: elsewhere, audience: 'everyone' })
  const root = { rootOrganizationId: here.id }
  await blockApp(as(here.owner), { ...root, appId: own.id })
  await blockApp(as(here.owner), { ...root, appId: foreign.id })
  await blockApp(as(elsewhere.owner), { rootOrganizationId: elsewhere.id, appId: foreign.id })

  const { rows, next } = await listBlockedApps(as(here.owner), root)
  expect(rows).toMatchObject([
    { appId: foreign.id, isInternal: false, publisher: elsewhere.name, blockedBy: here.owner.fullName },
    { appId: own.id, isInternal: true },
  ])
  expect(rows[0]?.blockedAt).toBeInstanceOf(Date)
  expect(next).toBeNull()
  expect(await countBlockedApps(as(here.owner), root)).toBe(2)
  await unblockApp(as(here.owner), { ...root, appId: foreign.id })
  expect((await listBlockedApps(as(here.owner), root)).rows).toMatchObject([{ appId: own.id }])
  expect(await countBlockedApps(as(here.owner), root)).toBe(1)
})

it('goes on to the last of what one act blocked, each once, and counts what has ended no more [P108]', async () => {
  const here = await makeOrganization()
  const root = { rootOrganizationId: here.id }
  const blocked = await blockAtOnce(here, 5 * BLOCKED_SHOWN_MAX + 1)
  const seen: string[] = []
  let pages = 0
  for (let cursor: string | null | undefined; cursor !== null; pages += 1) {
    const { rows, next } = await listBlockedApps(as(here.owner), { ...root, cursor })
    seen.push(...rows.map(({ appId }) => appId))
    cursor = next
  }
  expect(pages).toBe(6)
  expect(seen).toHaveLength(blocked.length)
  expect(new Set(seen)).toEqual(new Set(blocked))
  expect(await countBlockedApps(as(here.owner), root)).toBe(blocked.length)
  await database()
    .update(connectedApps)
    .set({ endedAt: new Date() })
    .where(eq(connectedApps.rootOrganizationId, here.id))
  expect(await countBlockedApps(as(here.owner), root)).toBe(0)
})

it('finds a blocked app by part of its name or its publisher’s, and by its client ID', async () => {
  const [here, elsewhere] = [await makeOrganization(), await makeOrganization({ name: 'Umbrella 100%' })]
  const root = { rootOrganizationId: here.id }
  const own = await makeApp({ organization: here, name: 'Sheetbridge' })
  const foreign = await makeApp({ organization: elsewhere, audience: 'everyone', name: 'Deckhand' })
  for (const { id: appId } of [own, foreign]) await blockApp(as(here.owner), { ...root, appId })
  const found = async (search: string) => {
    const { rows } = await listBlockedApps(as(here.owner), { ...root, search })
    expect(await countBlockedApps(as(here.owner), { ...root, search })).toBe(rows.length)
    return rows.map(({ name }) => name)
  }
  expect(await found(' sheetB ')).toEqual(['Sheetbridge'])
  expect(await found('umbrella 100%')).toEqual(['Deckhand'])
  expect(await found('1_0%')).toEqual([])
  expect(await found(foreign.clientId)).toEqual(['Deckhand'])
})

it('is for root administrators alone', async () => {
  const [here, elsewhere] = [await makeOrganization(), await makeOrganization()]
  const root = { rootOrganizationId: here.id }
  const member = await makeMember(here)
  for (const asked of [listBlockedApps, countBlockedApps]) {
    await expect(asked(as(member), root)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(asked(as(elsewhere.owner), root)).rejects.toMatchObject({ code: 'not-found' })
  }
})

/** So many apps blocked in one moment, as one act does it. */
async function blockAtOnce(here: Awaited<ReturnType<typeof makeOrganization>>, count: number) {
  const blockedAt = new Date()
  const apps = Array.from({ length: count }, (_, at) => ({
    id: newId('app'),
    clientId: newClientId(),
    name: `App ${at}`,
    organizationId: here.id,
    rootOrganizationId: here.id,
    ownerId: here.owner.id,
    actsAs: 'itself' as const,
    clientType: 'server' as const,
    grantTypes: ['client_credentials' as const],
  }))
  await database().insert(connectedApps).values(apps)
  await database()
    .insert(installations)
    .values(
      apps.map(({ id: appId }) => ({
        id: newId('installation'),
        appId,
        rootOrganizationId: here.id,
        blockedAt,
      })),
    )
  return apps.map(({ id }) => id)
}
