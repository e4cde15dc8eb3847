import { generateKeyPairSync } from 'node:crypto'
import { and, eq, like } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import type { Id } from '#lib/base/ids'
import { as, asApp, asThrough } from '#test/actors'
import { database } from '#test/database'
import { makeApi, makeApp, makeBusinessGroup, makeMember, makeOrganization } from '#test/factories'
import type { Actor } from '../permissions/actor.ts'
import { addKeys } from './add-keys.ts'
import { bulkRotationSchema } from './credentials-schema.ts'
import { findRotatable } from './find-rotatable.ts'
import { getApp } from './get-app.ts'
import { handOverSecrets } from './hand-over-secrets.ts'
import { rotateMany } from './rotate-many.ts'
import { rotateSecret } from './rotate-secret.ts'
import { setIntrospection } from './set-introspection.ts'
import { setJwksUri } from './set-jwks-uri.ts'
import { startBulkRotation } from './start-bulk-rotation.ts'
import { updateApp } from './update-app.ts'

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

it('credentials of an app that introspects are for whoever could name it, one by one and many at once [P115]', async () => {
  const root = await makeOrganization()
  const group = await makeBusinessGroup(root)
  const lead = await makeMember(group, 'administrator')
  const developer = await makeMember(root, 'developer')
  const app = await makeApp({ organization: group, ownerId: developer.id, introspectsOrganization: true })
  const rotate = (actor: Actor) => rotateSecret(actor, { appId: app.id, overlapHours: 0 })
  const publish = (actor: Actor) =>
    setJwksUri(actor, { appId: app.id, jwksUri: 'https://keys.example.com/jwks' })
  const outcome = async (actor: Actor) => {
    const wanted = { organizationId: group.id, which: 'chosen', appIds: [app.id], overlapHours: 24 } as const
    return (await findRotatable(database(), actor, bulkRotationSchema.parse(wanted))).apps[0]?.outcome
  }
  for (const actor of [as(lead), as(developer)]) {
    for (const act of [rotate, publish])
      await expect(act(actor)).rejects.toMatchObject({
        code: 'forbidden',
        sentence: expect.stringMatching(/^This app introspects for the whole organization\./),
      })
  }
  expect(await outcome(as(lead))).not.toBe('ready')
  expect(await outcome(as(root.owner))).toBe('ready')
  await rotate(as(root.owner))
  const script = await makeApp({ organization: root })
  const scopes = ['connected-apps:read', 'connected-apps:secrets']
  await rotate(asThrough(root.owner, script, scopes))
  await rotate(asApp(script, scopes, root, group))
  for (const actor of [asThrough(lead, script, scopes), asApp(script, scopes, group)])
    await expect(rotate(actor)).rejects.toMatchObject({ code: 'forbidden' })
  await publish(as(root.owner))
  await setIntrospection(as(root.owner), { appId: app.id, isOn: false })
  await rotate(as(developer))
  expect(await outcome(as(lead))).toBe('ready')
})

it('adding keys to it is refused to whoever rules its group alone, a script of theirs, its owner and a stranger [P115]', async () => {
  const root = await makeOrganization()
  const group = await makeBusinessGroup(root)
  const lead = await makeMember(group, 'administrator')
  const developer = await makeMember(root, 'developer')
  const app = await makeApp({ organization: group, ownerId: developer.id, introspectsOrganization: true })
  const script = await makeApp({ organization: root })
  const scopes = ['connected-apps:read', 'connected-apps:secrets']
  const add = (actor: Actor) => addKeys(actor, { appId: app.id, keys: newPublicKey() })
  const refused = [as(lead), as(developer), asThrough(lead, script, scopes), asApp(script, scopes, group)]
  for (const actor of refused)
    await expect(add(actor)).rejects.toMatchObject({
      code: 'forbidden',
      sentence: expect.stringMatching(/^This app introspects for the whole organization\./),
    })
  const stranger = await makeOrganization()
  await expect(add(as(stranger.owner))).rejects.toMatchObject({ code: 'not-found' })
  expect((await getApp(as(root.owner), app.id)).keys).toEqual([])
  await add(as(root.owner))
  await add(asApp(script, scopes, root, group))
  await setIntrospection(as(root.owner), { appId: app.id, isOn: false })
  await add(as(lead))
  await add(as(developer))
  expect((await getApp(as(root.owner), app.id)).keys).toHaveLength(4)
})

it('handed over to another owner, it keeps its credentials from them, as from whoever handed it over [P115]', async () => {
  const root = await makeOrganization()
  const group = await makeBusinessGroup(root)
  const lead = await makeMember(group, 'administrator')
  const [next, reader] = [await makeMember(group, 'developer'), await makeMember(group)]
  const app = await makeApp({ organization: group, introspectsOrganization: true })
  const handOver = (actor: Actor, ownerId: Id<'user'>) =>
    updateApp(actor, { appId: app.id, version: 1, ownerId })
  await expect(handOver(as(next), next.id)).rejects.toMatchObject({ code: 'not-found' })
  await expect(handOver(as(reader), reader.id)).rejects.toMatchObject({ code: 'forbidden' })
  await handOver(as(lead), next.id)
  for (const actor of [as(lead), as(next)]) {
    await expect(rotateSecret(actor, { appId: app.id, overlapHours: 0 })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(addKeys(actor, { appId: app.id, keys: newPublicKey() })).rejects.toMatchObject({
      code: 'forbidden',
    })
  }
})

it('its new secret is not handed over to whoever rotated it before it was named [P115]', async () => {
  const root = await makeOrganization()
  const group = await makeBusinessGroup(root)
  const lead = await makeMember(group, 'administrator')
  const [named, other] = [await makeApp({ organization: group }), await makeApp({ organization: group })]
  const appIds = [named.id, other.id]
  const { bulkRotationId } = await startBulkRotation(as(lead), {
    organizationId: group.id,
    which: 'chosen',
    appIds,
  })
  await rotateMany({ bulkRotationId })
  await setIntrospection(as(root.owner), { appId: named.id, isOn: true })
  await expect(handOverSecrets(as(root.owner), { bulkRotationId })).rejects.toMatchObject({
    code: 'not-found',
  })
  const { secrets, leftOut } = await handOverSecrets(as(lead), { bulkRotationId })
  expect(secrets.map(({ clientId }) => clientId)).toEqual([other.clientId])
  expect(leftOut).toMatchObject([{ appId: named.id }])
  expect((await getApp(as(root.owner), named.id)).rotationDueSince).not.toBeNull()
})

it('an app that answers for an API alone is told of what is sent to it: whoever looks after it keeps its credentials', async () => {
  const root = await makeOrganization()
  const group = await makeBusinessGroup(root)
  const lead = await makeMember(group, 'administrator')
  const server = await makeApp({ organization: group })
  await makeApi(root, [{ resourceServerAppId: server.id }])
  await rotateSecret(as(lead), { appId: server.id, overlapHours: 0 })
  await addKeys(as(lead), { appId: server.id, keys: newPublicKey() })
  const elsewhere = await makeMember(await makeBusinessGroup(root), 'administrator')
  await expect(rotateSecret(as(elsewhere), { appId: server.id, overlapHours: 0 })).rejects.toMatchObject({
    code: 'not-found',
  })
})

function newPublicKey(): string {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return publicKey.export({ type: 'spki', format: 'pem' }).toString()
}
