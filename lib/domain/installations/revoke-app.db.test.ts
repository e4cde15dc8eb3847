import { and, eq, sql } from 'drizzle-orm'
import { describe, expect, it, vi } from 'vitest'
import { transaction } from '#db/client'
import { events } from '#db/schema/audit'
import { connectedApps } from '#db/schema/connected-apps'
import { installations } from '#db/schema/installations'
import { type Id, newId } from '#lib/base/ids'
import { as } from '#test/actors'
import { countLive, makeAuthorization, makeTokenFamily } from '#test/authorizations'
import { database } from '#test/database'
import { makeApp, makeBusinessGroup, makeMember, makeOrganization, makeUser } from '#test/factories'
import { removeForEveryone } from '../authorizations/remove-for-everyone.ts'
import { enableApp } from '../connected-apps/enable-app.ts'
import { countRemoval } from './count-removal.ts'
import { getRemoval } from './get-removal.ts'
import { listRemovals } from './list-removals.ts'
import { recordRemovals } from './record-removal.ts'
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

  it('gives each of many organizations its own receipt and the count of it, and none where nobody lost anything', async () => {
    const home = await makeOrganization()
    const app = await makeApp({ organization: home, audience: 'everyone' })
    const abroad = await Promise.all(Array.from({ length: 20 }, () => makeOrganization()))
    for (const organization of [home, ...abroad])
      await makeTokenFamily(await makeAuthorization(organization.owner, app, organization), app)
    const [unused, ...used] = abroad
    if (!unused) throw new Error('There is none.')
    await removeForEveryone(as(unused.owner), { rootOrganizationId: unused.id, appId: app.id })

    expect(await revokeApp(as(home.owner), { appId: app.id })).toMatchObject({ organizations: 21 })

    const receipts = new Set<string>()
    for (const organization of [home, ...used]) {
      const { owner, id: rootOrganizationId } = organization
      const { rows } = await listRemovals(as(owner), { rootOrganizationId })
      const removedBy = organization === home ? home.owner.fullName : app.name
      expect(rows).toMatchObject([{ kind: 'publisher', removedBy, app: { id: app.id } }])
      const removalId = rows[0]?.removalId as Id<'removal'>
      receipts.add(removalId)
      await countRemoval({ removalId })
      expect(await getRemoval(as(owner), { rootOrganizationId, removalId })).toMatchObject({
        isCounted: true,
        authorizations: 1,
        tokens: 2,
        parts: [{ authorizations: 1 }],
      })
      const told = await database()
        .select()
        .from(events)
        .where(
          and(
            eq(events.rootOrganizationId, rootOrganizationId),
            sql`${events.details} ->> 'removalId' = ${removalId}`,
          ),
        )
      expect(told).toHaveLength(1)
    }
    expect(receipts.size).toBe(20)
    const there = await listRemovals(as(unused.owner), { rootOrganizationId: unused.id })
    expect(there.rows).toMatchObject([{ kind: 'app' }])
    const jobs = await database().execute<{ key: string }>(sql`
      select key from graphile_worker.jobs where key in ${[...receipts]}`)
    expect(jobs).toHaveLength(20)
  })

  it('writes the receipts of many organizations in as many statements as that of one', async () => {
    const app = await makeApp({ organization: await makeOrganization(), audience: 'everyone' })
    const removals: Parameters<typeof recordRemovals>[2][number][] = []
    for (let at = 0; at < 3; at += 1) {
      const organization = await makeOrganization()
      await makeAuthorization(organization.owner, app, organization)
      const [{ id: installationId } = { id: newId('installation') }] = await database()
        .select()
        .from(installations)
        .where(eq(installations.rootOrganizationId, organization.id))
      const parts = [{ installationId, appName: app.name, epoch: 0 }]
      const { id: rootOrganizationId } = organization
      removals.push({ removalId: newId('removal'), rootOrganizationId, kind: 'publisher' as const, parts })
    }
    const statementsFor = (some: typeof removals) =>
      transaction(async (tx) => {
        const execute = vi.spyOn(tx, 'execute')
        await recordRemovals(tx, as(await makeUser()), some)
        return execute.mock.calls.length
      })
    const [first, ...others] = removals
    expect(await statementsFor(others)).toBe(await statementsFor(first ? [first] : []))
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
