import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { connectedApps } from '#db/schema/connected-apps'
import { as } from '#test/actors'
import { countLive, makeAuthorization, makeTokenFamily } from '#test/authorizations'
import { database } from '#test/database'
import { makeApp, makeBusinessGroup, makeMember, makeOrganization } from '#test/factories'
import { enableApp } from '../connected-apps/enable-app.ts'
import { revokeApp } from './revoke-app.ts'

async function makeUsed() {
  const [home, abroad] = [await makeOrganization(), await makeOrganization()]
  const app = await makeApp({ organization: home, audience: 'everyone' })
  for (const organization of [home, abroad]) {
    const yes = await makeAuthorization(organization.owner, app, organization)
    await makeTokenFamily(yes, app)
  }
  return { home, abroad, app }
}

describe('disabling an app with all it was given', () => {
  it('ends every authorization and token, in every organization, and enabling brings none back [P33] [AM-11]', async () => {
    const { home, abroad, app } = await makeUsed()
    expect(await countLive(app, abroad)).toEqual({ people: 1, tokens: 2 })
    expect(await revokeApp(as(home.owner), { appId: app.id })).toEqual({ organizations: 2, jwtsUntil: null })
    await enableApp(as(home.owner), { appId: app.id })
    for (const organization of [home, abroad]) {
      expect(await countLive(app, organization)).toEqual({ people: 0, tokens: 0 })
    }
    await makeAuthorization(abroad.owner, app, abroad)
    expect((await countLive(app, abroad)).people).toBe(1)
  })

  it('ends the tokens an app holds for itself', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root, actsAs: 'itself' })
    expect(await revokeApp(as(root.owner), { appId: app.id })).toEqual({ organizations: 0, jwtsUntil: null })
    const [row] = await database().select().from(connectedApps).where(eq(connectedApps.id, app.id))
    expect(row).toMatchObject({ epoch: 1, disabledAt: expect.any(Date), disabledBy: root.owner.id })
  })

  it('is recorded by name at home, and told elsewhere without saying who did it [P35]', async () => {
    const { home, abroad, app } = await makeUsed()
    await revokeApp(as(home.owner), { appId: app.id })
    const told = await database().select().from(events).where(eq(events.appId, app.id))
    const of = (rootOrganizationId: string) =>
      told.filter((event) => event.rootOrganizationId === rootOrganizationId)
    expect(of(home.id)).toContainEqual(
      expect.objectContaining({ name: 'connected-app.revoked', actorUserId: home.owner.id }),
    )
    expect(of(abroad.id)).toContainEqual(
      expect.objectContaining({
        name: 'authorizations.ended-by-publisher',
        actorName: app.name,
        actorUserId: null,
        ip: null,
      }),
    )
  })

  it('meets a consent that is being given: it ends it, or comes before it', async () => {
    const { home, abroad, app } = await makeUsed()
    const people = await Promise.all(Array.from({ length: 5 }, () => makeMember(abroad)))
    const given = await Promise.allSettled([
      ...people.map((person) => makeAuthorization(person, app, abroad)),
      revokeApp(as(home.owner), { appId: app.id }),
    ])
    expect(given.at(-1)?.status).toBe('fulfilled')
    expect(await countLive(app, abroad)).toEqual({ people: 0, tokens: 0 })
  })

  it('is for whoever may disable the app, and nobody else', async () => {
    const { home, abroad, app } = await makeUsed()
    const sibling = await makeMember(await makeBusinessGroup(home), 'administrator')
    for (const person of [sibling, abroad.owner])
      await expect(revokeApp(as(person), { appId: app.id })).rejects.toMatchObject({ code: 'not-found' })
    await expect(revokeApp(as(await makeMember(home)), { appId: app.id })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})
