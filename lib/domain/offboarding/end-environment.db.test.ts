import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { appContexts } from '#db/schema/connected-apps'
import { as, asApp } from '#test/actors'
import { database } from '#test/database'
import { makeApi, makeApp, makeBusinessGroup, makeMember, makeOrganization } from '#test/factories'
import { findContexts } from '../connected-apps/find-contexts.ts'
import { createEnvironment } from '../organizations/create-environment.ts'
import { getSettings } from '../organizations/get-settings.ts'
import { endEnvironment } from './end-environment.ts'

describe('ending an environment', () => {
  it('takes it out of the places of apps, for tokens already out, and frees its name [P86]', async () => {
    const root = await makeOrganization()
    const [scope = ''] = await makeApi(root, [{ needsOrganization: true, needsEnvironment: true }])
    const make = (name: string) =>
      createEnvironment(as(root.owner), { organizationId: root.id, name, kind: 'sandbox' })
    const [ended, other] = [await make('Old'), await make('New')]
    const robot = await makeApp({ organization: root, actsAs: 'itself', scopes: ['profile', scope] })
    const place = { appId: robot.id, scope, organizationId: root.id }
    await database()
      .insert(appContexts)
      .values([ended, other].map(({ environmentId }) => ({ ...place, environmentId })))
    expect((await getSettings(as(root.owner), root.id)).environments).toMatchObject([
      { name: 'New', apps: 1 },
      { name: 'Old', apps: 1 },
    ])
    const input = { environmentId: ended.environmentId }
    expect(await endEnvironment(as(root.owner), input)).toEqual({ contexts: 1, apps: 1 })
    expect(await findContexts(robot.id)).toMatchObject([{ environmentId: other.environmentId }])
    expect(
      await database()
        .select()
        .from(events)
        .where(eq(events.subjectId, ended.environmentId))
        .orderBy(events.id),
    ).toMatchObject([{ name: 'environment.created' }, { name: 'environment.ended', subjectName: 'Old' }])
    await make('Old')
    await expect(endEnvironment(as(root.owner), input)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is refused to developers, to administrators of a sibling, to strangers, and to apps without the scope', async () => {
    const root = await makeOrganization()
    const [group, sibling] = [await makeBusinessGroup(root), await makeBusinessGroup(root)]
    const { environmentId } = await createEnvironment(as(root.owner), {
      organizationId: group.id,
      name: 'Live',
      kind: 'production',
    })
    const reader = asApp(await makeApp({ organization: root }), ['organizations:read'], group)
    for (const [actor, code] of [
      [as(await makeMember(group, 'developer')), 'forbidden'],
      [as(await makeMember(sibling, 'administrator')), 'not-found'],
      [as((await makeOrganization()).owner), 'not-found'],
      [reader, 'forbidden'],
    ] as const) {
      await expect(endEnvironment(actor, { environmentId })).rejects.toMatchObject({ code })
    }
    expect(await endEnvironment(as(await makeMember(group, 'administrator')), { environmentId })).toEqual({
      contexts: 0,
      apps: 0,
    })
  })
})
