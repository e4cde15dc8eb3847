import { and, eq, like } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { as, asApp, asThrough } from '#test/actors'
import { database } from '#test/database'
import { makeApp, makeBusinessGroup, makeMember, makeOrganization } from '#test/factories'
import { getApp } from './get-app.ts'
import { setIntrospection } from './set-introspection.ts'

const introspects = async (
  root: Awaited<ReturnType<typeof makeOrganization>>,
  app: { id: `app_${string}` },
) => (await getApp(as(root.owner), app.id)).introspectsOrganization

it('an administrator of the root names an app, once, and takes it back; both are recorded [P115]', async () => {
  const root = await makeOrganization()
  const app = await makeApp({ organization: await makeBusinessGroup(root) })
  for (const isOn of [true, true, false, false]) {
    await setIntrospection(as(root.owner), { appId: app.id, isOn })
    expect(await introspects(root, app)).toBe(isOn)
  }
  const named = and(eq(events.appId, app.id), like(events.name, '%introspection%'))
  const recorded = await database().select().from(events).where(named).orderBy(events.id)
  expect(recorded.map((event) => event.name)).toEqual([
    'connected-app.introspection-allowed',
    'connected-app.introspection-ended',
  ])
})

it('is refused to administrators of the group alone, owning developers, apps, strangers, and for public apps [P115]', async () => {
  const root = await makeOrganization()
  const group = await makeBusinessGroup(root)
  const developer = await makeMember(root, 'developer')
  const app = await makeApp({ organization: root, ownerId: developer.id })
  const inGroup = await makeApp({ organization: group })
  const machine = await makeApp({ organization: root, actsAs: 'itself' })
  const scopes = ['connected-apps:read', 'connected-apps:write', 'connected-apps:secrets']
  const refused = [
    [as(await makeMember(group, 'administrator')), inGroup],
    [as(developer), app],
    [asApp(machine, scopes, root), app],
    [asThrough(root.owner, machine, scopes, root.id), app],
  ] as const
  for (const [actor, of] of refused) {
    await expect(setIntrospection(actor, { appId: of.id, isOn: true })).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await introspects(root, of)).toBe(false)
  }
  const stranger = await makeOrganization()
  await expect(setIntrospection(as(stranger.owner), { appId: app.id, isOn: true })).rejects.toMatchObject({
    code: 'not-found',
  })
  const publicApp = await makeApp({ organization: root, clientType: 'browser' })
  await expect(setIntrospection(as(root.owner), { appId: publicApp.id, isOn: true })).rejects.toMatchObject({
    code: 'invalid',
  })
})
