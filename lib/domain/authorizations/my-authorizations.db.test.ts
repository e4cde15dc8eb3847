import { describe, expect, it } from 'vitest'
import { as, asThrough } from '#test/actors'
import { countLive, makeAuthorization, makeTokenFamily } from '#test/authorizations'
import { makeApp, makeMember, makeOrganization, makeUser } from '#test/factories'
import { disableApp } from '../connected-apps/disable-app.ts'
import { setNetworks } from '../installations/set-networks.ts'
import { resumeOrganization } from '../organizations/resume-organization.ts'
import { suspendOrganization } from '../organizations/suspend-organization.ts'
import { getMyAuthorization } from './get-my-authorization.ts'
import { listMyAuthorizations, MY_PAGE_ROWS } from './list-my-authorizations.ts'
import { removeAuthorization } from './remove-authorization.ts'
import { removeTokenFamily } from './remove-token-family.ts'

async function scene() {
  const organization = await makeOrganization()
  const person = await makeMember(organization)
  const app = await makeApp({ organization })
  const authorizationId = await makeAuthorization(person, app, organization)
  return { organization, person, app, authorizationId }
}

describe('a member', () => {
  it('sees their own authorizations, with app and scopes, a page at a time [P6]', async () => {
    const organization = await makeOrganization()
    const person = await makeMember(organization)
    const apps = await Promise.all(Array.from({ length: MY_PAGE_ROWS + 2 }, () => makeApp({ organization })))
    for (const app of apps) await makeAuthorization(person, app, organization)
    const first = await listMyAuthorizations(as(person))
    const second = await listMyAuthorizations(as(person), { cursor: first.next })
    expect([first.rows.length, second.rows.length, second.next]).toEqual([MY_PAGE_ROWS, 2, null])
    const names = [...first.rows, ...second.rows].map(({ app }) => app.name)
    expect(names.sort()).toEqual(apps.map(({ name }) => name).sort())
    expect(first.rows[0]?.scopes.map(({ name }) => name).sort()).toEqual(['openid', 'profile'])
  })

  it('sees what removing one would end, and removes it [P46]', async () => {
    const { person, app, authorizationId, organization } = await scene()
    await makeTokenFamily(authorizationId, app)
    await expect(getMyAuthorization(as(person), authorizationId)).resolves.toMatchObject({
      app: { name: app.name },
      organization: { name: organization.name },
      effect: { families: 1, tokens: 2 },
    })
    await removeAuthorization(as(person), { authorizationId })
    await expect(getMyAuthorization(as(person), authorizationId)).rejects.toMatchObject({ code: 'not-found' })
    await expect(listMyAuthorizations(as(person))).resolves.toMatchObject({ rows: [] })
  })

  it('sees that one is paused while its tokens are dead, and by what: an organization that is suspended, or an administrator [P6]', async () => {
    const [here, publisher] = [await makeOrganization(), await makeOrganization()]
    const person = await makeMember(here)
    const app = await makeApp({ organization: publisher, audience: 'everyone' })
    await makeTokenFamily(await makeAuthorization(person, app, here), app)
    const operator = await makeUser({ isOperator: true })
    const held = async () => {
      const [row] = (await listMyAuthorizations(as(person))).rows
      const { tokens } = await countLive(app, here)
      return { isHeld: row?.isHeld, because: row?.heldBecause, tokens }
    }
    const works = { isHeld: false, because: null, tokens: 2 }
    expect(await held()).toEqual(works)
    for (const [root, because] of [
      [publisher, 'publisher-suspended'],
      [here, 'organization-suspended'],
    ] as const) {
      await suspendOrganization(as(operator), { rootOrganizationId: root.id })
      expect(await held()).toEqual({ isHeld: true, because, tokens: 0 })
      await resumeOrganization(as(operator), { rootOrganizationId: root.id })
      expect(await held()).toEqual(works)
    }
    await disableApp(as(publisher.owner), { appId: app.id })
    expect(await held()).toEqual({ isHeld: true, because: 'stopped', tokens: 0 })
  })

  it('sees that one works only from some networks [P122]', async () => {
    const { organization, person, app } = await scene()
    const named = { rootOrganizationId: organization.id, appId: app.id }
    const isHeld = async () => (await listMyAuthorizations(as(person))).rows[0]?.isHeldToNetworks
    expect(await isHeld()).toBe(false)
    const networks = ['203.0.113.0/24']
    await setNetworks(as(organization.owner), { ...named, mode: 'enforce', networks, version: 0 })
    expect(await isHeld()).toBe(true)
    await setNetworks(as(organization.owner), { ...named, mode: 'off', networks, version: 1 })
    expect(await isHeld()).toBe(false)
  })

  it('finds one among many by its name, or its publisher’s', async () => {
    const { organization, person, app } = await scene()
    const other = await makeApp({ organization, name: 'Parcel_100% Wise' })
    await makeAuthorization(person, other, organization)
    const found = async (search: string) =>
      (await listMyAuthorizations(as(person), { search })).rows.map((row) => row.app.name)
    expect(await found('100% w')).toEqual(['Parcel_100% Wise'])
    expect((await found(organization.name)).sort()).toEqual([app.name, other.name].sort())
    expect(await found('nothing of the kind')).toEqual([])
  })

  it('sees where an app is signed in from, and ends one of these alone [P46]', async () => {
    const { person, app, authorizationId } = await scene()
    const [older, newer] = [
      await makeTokenFamily(authorizationId, app),
      await makeTokenFamily(authorizationId, app),
    ]
    const families = async () =>
      (await listMyAuthorizations(as(person))).rows[0]?.families.map((family) => family.familyId)
    expect(await families()).toEqual([newer, older])
    await removeTokenFamily(as(person), { authorizationId, familyId: newer })
    expect(await families()).toEqual([older])
    const stranger = removeTokenFamily(as((await makeOrganization()).owner), {
      authorizationId,
      familyId: older,
    })
    await expect(stranger).rejects.toMatchObject({ code: 'not-found' })
  })

  it('does not find somebody else’s, nor does their administrator here, nor an app that acts for them', async () => {
    const { organization, person, app, authorizationId } = await scene()
    const colleague = await makeMember(organization)
    const refused = { code: 'not-found' }
    await expect(getMyAuthorization(as(colleague), authorizationId)).rejects.toMatchObject(refused)
    await expect(getMyAuthorization(as(organization.owner), authorizationId)).rejects.toMatchObject(refused)
    const through = asThrough(person, app, ['authorizations:read'])
    await expect(getMyAuthorization(through, authorizationId)).rejects.toMatchObject(refused)
    await expect(listMyAuthorizations(through)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(getMyAuthorization(as(person), 'aut_nonsense')).rejects.toMatchObject(refused)
  })
})
