import { expect, it } from 'vitest'
import { as } from '#test/actors'
import { makeApp, makeMember, makeOrganization } from '#test/factories'
import { blockApp } from './block-app.ts'
import { listBlockedApps } from './list-blocked-apps.ts'
import { unblockApp } from './unblock-app.ts'

it('lists what is blocked in one root organization, the latest first, until it is unblocked [P108]', async () => {
  const [here, elsewhere] = [await makeOrganization(), await makeOrganization()]
  const own = await makeApp({ organization: here })
  const foreign = await makeApp({ organization: elsewhere, audience: 'everyone' })
  const root = { rootOrganizationId: here.id }
  await blockApp(as(here.owner), { ...root, appId: own.id })
  await blockApp(as(here.owner), { ...root, appId: foreign.id })
  await blockApp(as(elsewhere.owner), { rootOrganizationId: elsewhere.id, appId: foreign.id })

  expect(await listBlockedApps(as(here.owner), root)).toMatchObject([
    { appId: foreign.id, isInternal: false },
    { appId: own.id, isInternal: true },
  ])
  await unblockApp(as(here.owner), { ...root, appId: foreign.id })
  expect(await listBlockedApps(as(here.owner), root)).toMatchObject([{ appId: own.id }])
})

it('is for root administrators alone', async () => {
  const [here, elsewhere] = [await makeOrganization(), await makeOrganization()]
  const root = { rootOrganizationId: here.id }
  const member = await makeMember(here)
  await expect(listBlockedApps(as(member), root)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(listBlockedApps(as(elsewhere.owner), root)).rejects.toMatchObject({ code: 'not-found' })
})
