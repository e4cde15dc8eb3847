import { asc, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { apis, scopes } from '#db/schema/connected-apps'
import { type Id, newId } from '#lib/base/ids'
import type { Actor } from '#lib/domain/permissions/actor'
import { as, asApp, asThrough } from '#test/actors'
import { database } from '#test/database'
import {
  type MadeOrganization,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeOrganization,
} from '#test/factories'
import { createApi } from './create-api.ts'
import { createApp } from './create-app.ts'
import { createScope } from './create-scope.ts'
import { endApi } from './end-api.ts'
import { endScope } from './end-scope.ts'
import { listApis } from './list-apis.ts'
import { listScopes } from './list-scopes.ts'
import { previewEnd } from './preview-end.ts'
import { setContexts } from './set-contexts.ts'
import { syncBuiltInScopes } from './sync-built-in-scopes.ts'
import { updateApi } from './update-api.ts'
import { updateApp } from './update-app.ts'
import { updateScope } from './update-scope.ts'

beforeAll(() => syncBuiltInScopes('http://localhost:3000'))

const word = () => `p${newId('api').slice(-12)}`
const WORDS = { title: 'Read orders', description: 'Orders and their lines.', risk: 'low' as const }

function given(root: Pick<MadeOrganization, 'id'>, more: Record<string, unknown> = {}) {
  const prefix = word()
  const audience = `https://${prefix}.example.com/orders`
  return { organizationId: root.id, name: 'Orders', audience, scopePrefix: prefix, ...more }
}

/** An API with one scope, made by the owner of its root. */
async function makeOwn(root: MadeOrganization, more: Record<string, unknown> = {}) {
  const input = given(root, more)
  const { apiId } = await createApi(as(root.owner), input)
  const { name } = await createScope(as(root.owner), { apiId, name: `${input.scopePrefix}:read`, ...WORDS })
  return { apiId, scope: name, prefix: input.scopePrefix, audience: input.audience }
}

const recorded = async (subjectId: string) =>
  (await database().select().from(events).where(eq(events.subjectId, subjectId)).orderBy(asc(events.id))).map(
    ({ name, actorName, details }) => ({ name, actorName, details }),
  )

const apiOf = async (apiId: Id<'api'>) => (await database().select().from(apis).where(eq(apis.id, apiId)))[0]

describe('an own API', () => {
  it('is defined by an administrator of the root, with a prefix and an audience of its own; it is recorded', async () => {
    const root = await makeOrganization()
    const input = given(root)
    const { apiId } = await createApi(as(root.owner), input)
    expect(await apiOf(apiId)).toMatchObject({
      rootOrganizationId: root.id,
      tokenFormat: 'opaque',
      openTo: 'internal',
      version: 1,
    })
    expect(await recorded(apiId)).toEqual([
      expect.objectContaining({
        name: 'api.created',
        actorName: root.owner.fullName,
        details: expect.objectContaining({ audience: input.audience, scopePrefix: input.scopePrefix }),
      }),
    ])
  })

  it.each([
    ['no absolute URI', { audience: 'orders' }, 'audience'],
    ['a fragment', { audience: 'https://a.example/#x' }, 'audience'],
    ['a query', { audience: 'https://a.example/?x' }, 'audience'],
    ['a password', { audience: 'https://u:p@a.example/' }, 'audience'],
    ['a script', { audience: 'javascript:alert(1)' }, 'audience'],
    ['a prefix of ours', { scopePrefix: 'connected-apps' }, 'scopePrefix'],
    ['a prefix that is no word', { scopePrefix: 'Orders!' }, 'scopePrefix'],
    ['too long a JWT life', { jwtLifetimeSeconds: 301 }, 'jwtLifetimeSeconds'],
    ['a name that nobody sees', { name: '\u202eOrders' }, 'name'],
    ['a million letters', { description: 'x'.repeat(1_000_000) }, 'description'],
  ])('is refused with %s, under its field', async (_, wrong, field) => {
    const root = await makeOrganization()
    await expect(createApi(as(root.owner), given(root, wrong))).rejects.toMatchObject({
      code: 'invalid',
      fields: { [field]: expect.any(String) },
    })
  })

  it('takes no prefix and no audience that another organization’s API has, or had', async () => {
    const [here, there] = [await makeOrganization(), await makeOrganization()]
    const own = await makeOwn(here)
    const squat = async (more: Record<string, unknown>, field: string) =>
      expect(createApi(as(there.owner), given(there, more))).rejects.toMatchObject({
        code: 'conflict',
        fields: { [field]: expect.any(String) },
      })
    for (const isEnded of [false, true]) {
      if (isEnded) await endApi(as(here.owner), { apiId: own.apiId, name: 'Orders' })
      await squat({ scopePrefix: own.prefix }, 'scopePrefix')
      await squat({ audience: own.audience }, 'audience')
    }
  })

  it('defined twice at once with one prefix is there once', async () => {
    const [here, there] = [await makeOrganization(), await makeOrganization()]
    const scopePrefix = word()
    const tries = [here, there, here, there].map((root) =>
      createApi(as(root.owner), given(root, { scopePrefix })).then(
        () => 1,
        () => 0,
      ),
    )
    expect((await Promise.all(tries)).reduce((sum: number, one) => sum + one, 0)).toBe(1)
  })

  it('is answered for by an app of its organization that keeps a secret, and by no other', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const own = await makeApp({ organization: group })
    const { apiId } = await createApi(as(root.owner), given(root, { resourceServerAppId: own.id }))
    expect((await apiOf(apiId))?.resourceServerAppId).toBe(own.id)
    const foreign = await makeApp({ organization: await makeOrganization() })
    const browser = await makeApp({ organization: root, clientType: 'browser' })
    for (const { id: resourceServerAppId } of [foreign, browser]) {
      await expect(createApi(as(root.owner), given(root, { resourceServerAppId }))).rejects.toMatchObject({
        fields: { resourceServerAppId: expect.any(String) },
      })
    }
  })

  it('changes its words and settings, never its audience; each save is one version further and recorded', async () => {
    const root = await makeOrganization()
    const { apiId } = await makeOwn(root)
    const saved = await updateApi(as(root.owner), {
      apiId,
      version: 1,
      name: 'Sales orders',
      tokenFormat: 'jwt',
    })
    expect(saved).toEqual({ version: 2 })
    expect(await apiOf(apiId)).toMatchObject({ name: 'Sales orders', tokenFormat: 'jwt', version: 2 })
    expect((await recorded(apiId)).at(-1)).toMatchObject({
      name: 'api.updated',
      details: { version: 2, changed: { name: { before: 'Orders', after: 'Sales orders' } } },
    })
    expect(await updateApi(as(root.owner), { apiId, version: 2, name: 'Sales orders' })).toEqual({
      version: 2,
    })
    const audience = { audience: 'https://elsewhere.example' } as object
    await expect(updateApi(as(root.owner), { apiId, version: 2, ...audience })).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  it('is saved over nobody’s newer save: the refusal says whose', async () => {
    const root = await makeOrganization()
    const other = await makeMember(root, 'administrator')
    const { apiId } = await makeOwn(root)
    await updateApi(as(other), { apiId, version: 1, description: 'From the other desk.' })
    await expect(updateApi(as(root.owner), { apiId, version: 1, name: 'Mine' })).rejects.toMatchObject({
      code: 'conflict',
      sentence: `${other.fullName} changed the description while you were editing. Look at what it is now, and save again.`,
      fields: { description: `Changed by ${other.fullName}.` },
      isOvertaken: true,
    })
  })

  it('ends with its scopes, once its name is typed; nothing may be given them any more', async () => {
    const root = await makeOrganization()
    const { apiId, scope } = await makeOwn(root)
    await expect(endApi(as(root.owner), { apiId, name: 'orders' })).rejects.toMatchObject({ code: 'invalid' })
    await endApi(as(root.owner), { apiId, name: 'Orders' })
    expect((await recorded(apiId)).at(-1)).toMatchObject({ name: 'api.ended', details: { scopes: [scope] } })
    expect((await listScopes(as(root.owner), root.id)).map(({ name }) => name)).not.toContain(scope)
    await expect(endApi(as(root.owner), { apiId, name: 'Orders' })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(
      createScope(as(root.owner), { apiId, name: scope.replace('read', 'write'), ...WORDS }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a scope of an own API', () => {
  it('begins with the API’s prefix, and is taken once for ever', async () => {
    const root = await makeOrganization()
    const { apiId, scope, prefix } = await makeOwn(root)
    const other = await makeOwn(root)
    const define = (name: string) => createScope(as(root.owner), { apiId, name, ...WORDS })
    for (const name of ['openid', 'connected-apps:write', `${other.prefix}:write`, `${prefix}`, scope]) {
      await expect(define(name), name).rejects.toMatchObject({ fields: { name: expect.any(String) } })
    }
    await endScope(as(root.owner), { apiId, name: scope })
    await expect(define(scope)).rejects.toMatchObject({ fields: { name: expect.any(String) } })
    expect((await recorded(scope)).map(({ name }) => name)).toEqual(['scope.created', 'scope.ended'])
  })

  it('changes its words, with who and what before; its name and its needs stay', async () => {
    const root = await makeOrganization()
    const { apiId, scope } = await makeOwn(root)
    await updateScope(as(root.owner), { apiId, name: scope, version: 1, title: 'See orders', risk: 'medium' })
    const [row] = await database().select().from(scopes).where(eq(scopes.name, scope))
    expect(row).toMatchObject({ title: 'See orders', risk: 'medium', version: 2 })
    expect((await recorded(scope)).at(-1)).toMatchObject({
      name: 'scope.updated',
      details: { changed: { risk: { before: 'low', after: 'medium' } } },
    })
    await expect(
      updateScope(as(root.owner), { apiId, name: scope, version: 1, title: 'Late' }),
    ).rejects.toMatchObject({
      code: 'conflict',
      sentence: expect.stringMatching(/^You changed the risk and its sentence in another tab\./),
      isOvertaken: true,
    })
    const needs = { needsOrganization: true } as object
    await expect(
      updateScope(as(root.owner), { apiId, name: scope, version: 2, ...needs }),
    ).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  it('that has ended stays with who holds it, and is given to nobody', async () => {
    const root = await makeOrganization()
    const { apiId, scope } = await makeOwn(root)
    const by = as(root.owner)
    const app = await makeApp({ organization: root, scopes: ['openid', scope] })
    const machine = await makeApp({ organization: root, actsAs: 'itself', scopes: [scope] })
    await endScope(by, { apiId, name: scope })
    await updateApp(by, { appId: app.id, version: 1, scopes: ['openid', 'profile', scope] })
    await setContexts(by, { appId: machine.id, version: 1, scopes: [scope], contexts: [] })
    const another = await makeApp({ organization: root })
    await expect(updateApp(by, { appId: another.id, version: 1, scopes: [scope] })).rejects.toMatchObject({
      fields: { 'scopes.0': expect.any(String) },
    })
  })

  it('is offered to apps of other organizations only if its API is open to them, and to none that acts for itself [P89]', async () => {
    const [here, there] = [await makeOrganization(), await makeOrganization()]
    const closed = await makeOwn(here)
    const open = await makeOwn(here, { openTo: 'everyone' })
    const make = (scope: string, actsAs: 'user' | 'itself') =>
      createApp(as(there.owner), {
        organizationId: there.id,
        name: `App ${word()}`,
        actsAs,
        scopes: [scope],
        redirectUris: actsAs === 'user' ? ['https://app.example.com/callback'] : [],
      })
    await expect(make(closed.scope, 'user')).rejects.toMatchObject({
      fields: { 'scopes.0': expect.any(String) },
    })
    await expect(make(open.scope, 'itself')).rejects.toMatchObject({
      fields: { 'scopes.0': expect.any(String) },
    })
    expect(await make(open.scope, 'user')).toMatchObject({ clientId: expect.any(String) })
  })
})

describe('APIs and scopes', () => {
  it('are defined, changed and ended by administrators of the root alone: others are refused', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const { apiId, scope, prefix } = await makeOwn(root)
    const machine = await makeApp({ organization: root, actsAs: 'itself' })
    const acts: ((actor: Actor) => Promise<unknown>)[] = [
      (actor) => createApi(actor, given(root)),
      (actor) => updateApi(actor, { apiId, version: 1, name: 'Other' }),
      (actor) => endApi(actor, { apiId, name: 'Orders' }),
      (actor) => createScope(actor, { apiId, name: `${prefix}:write`, ...WORDS }),
      (actor) => updateScope(actor, { apiId, name: scope, version: 1, title: 'Other' }),
      (actor) => endScope(actor, { apiId, name: scope }),
    ]
    const forbidden = [
      as(await makeMember(group, 'administrator')),
      as(await makeMember(root, 'developer')),
      as(await makeMember(root, 'member')),
      asApp(machine, ['apis:read'], root),
      asThrough(root.owner, machine, ['apis:read']),
    ]
    const stranger = await makeOrganization()
    for (const act of acts) {
      for (const actor of forbidden) {
        const code = expect.stringMatching(/^(forbidden|not-found)$/)
        await expect(act(actor)).rejects.toMatchObject({ code })
      }
      await expect(act(as(stranger.owner))).rejects.toMatchObject({ code: 'not-found' })
    }
    await expect(createApi(as(root.owner), given(group))).rejects.toMatchObject({ code: 'invalid' })
    expect(await apiOf(apiId)).toMatchObject({ version: 1, endedAt: null })
  })

  it('can be defined by an app with the scope for it, which never lets itself introspect [P131]', async () => {
    const root = await makeOrganization()
    const machine = await makeApp({ organization: root, actsAs: 'itself' })
    const actor = asApp(machine, ['apis:write'], root)
    const { apiId } = await createApi(actor, given(root))
    expect((await recorded(apiId))[0]).toMatchObject({ actorName: machine.name })
    await expect(createApi(actor, given(root, { resourceServerAppId: machine.id }))).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(
      updateApi(actor, { apiId, version: 1, resourceServerAppId: machine.id }),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('are shown to administrators and developers with how many apps use them, and of other organizations not at all', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const own = await makeOwn(root)
    const foreign = await makeOwn(await makeOrganization())
    await makeApp({ organization: group, scopes: ['openid', own.scope] })
    await makeApp({ organization: root, scopes: [own.scope] })
    for (const actor of [as(root.owner), as(await makeMember(group, 'developer'))]) {
      const place = actor.userId === root.owner.id ? root : group
      const shown = await listApis(actor, place.id)
      const api = shown.find(({ id }) => id === own.apiId)
      expect(api).toMatchObject({ audience: own.audience, isBuiltIn: false })
      expect(api?.scopes).toEqual([expect.objectContaining({ name: own.scope, apps: 2 })])
      expect(shown.map(({ id }) => id)).not.toContain(foreign.apiId)
      expect(shown.filter(({ isBuiltIn }) => isBuiltIn)).toHaveLength(2)
    }
    await expect(listApis(as(await makeMember(root)), root.id)).rejects.toMatchObject({ code: 'forbidden' })
    const stranger = await makeOrganization()
    await expect(listApis(as(stranger.owner), root.id)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('tell before they end which apps hold them and how many authorizations, and to nobody else', async () => {
    const root = await makeOrganization()
    const { apiId, scope } = await makeOwn(root)
    const app = await makeApp({ organization: root, scopes: [scope] })
    const effect = { apps: [expect.objectContaining({ id: app.id })], appsCount: 1, authorizations: 0 }
    expect(await previewEnd(as(root.owner), { apiId, name: scope })).toMatchObject(effect)
    expect(await previewEnd(as(root.owner), { apiId })).toMatchObject(effect)
    const developer = await makeMember(root, 'developer')
    await expect(previewEnd(as(developer), { apiId, name: scope })).rejects.toMatchObject({
      code: 'forbidden',
    })
    const stranger = await makeOrganization()
    await expect(previewEnd(as(stranger.owner), { apiId })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('that are built in change with the product alone', async () => {
    const root = await makeOrganization()
    const [signIn] = await database().select().from(scopes).where(eq(scopes.name, 'openid'))
    const apiId = signIn?.apiId ?? newId('api')
    const absent = { code: 'not-found' }
    await expect(endScope(as(root.owner), { apiId, name: 'openid' })).rejects.toMatchObject(absent)
    await expect(createScope(as(root.owner), { apiId, name: 'openid:x', ...WORDS })).rejects.toMatchObject(
      absent,
    )
    await expect(endApi(as(root.owner), { apiId, name: 'Sign-in' })).rejects.toMatchObject(absent)
  })

  it('of another API with a name of ours stop the boot', async () => {
    const root = await makeOrganization()
    const { apiId } = await makeOwn(root)
    const [own] = await database().select().from(scopes).where(eq(scopes.name, 'audit:read'))
    const move = (to: Id<'api'>) =>
      database().update(scopes).set({ apiId: to }).where(eq(scopes.name, 'audit:read'))
    await move(apiId)
    await expect(syncBuiltInScopes('http://localhost:3000')).rejects.toThrow('audit:read')
    await move(own?.apiId ?? apiId)
    await syncBuiltInScopes('http://localhost:3000')
  })
})
