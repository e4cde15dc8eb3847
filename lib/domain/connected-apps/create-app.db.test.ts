import { eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { appContexts, appSecrets, connectedApps } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import { environment, setEnvironment } from '#lib/base/env'
import type { Actor } from '#lib/domain/permissions/actor'
import { as, asApp, asThrough, SYSTEM } from '#test/actors'
import { database } from '#test/database'
import {
  type MadeOrganization,
  makeApi,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeOrganization,
} from '#test/factories'
import { createApp } from './create-app.ts'
import { getApp } from './get-app.ts'
import type { CreateAppInput } from './schema.ts'
import { syncBuiltInScopes } from './sync-built-in-scopes.ts'
import { updateApp } from './update-app.ts'

const forPeople = (organization: MadeOrganization, given: Partial<CreateAppInput> = {}): CreateAppInput => ({
  organizationId: organization.id,
  name: 'Order sync',
  actsAs: 'user',
  redirectUris: ['https://orders.example.com/callback'],
  scopes: ['profile', 'openid'],
  ...given,
})
const forItself = (organization: MadeOrganization, given: Partial<CreateAppInput> = {}): CreateAppInput => ({
  organizationId: organization.id,
  name: 'Nightly report',
  actsAs: 'itself',
  ...given,
})

beforeAll(() => syncBuiltInScopes('http://localhost:3000'))

describe('creating an app', () => {
  it('makes the creator its first owner, keeps both, and records it [P7] [P35] [AM-3]', async () => {
    const root = await makeOrganization()
    const developer = await makeMember(root, 'developer')
    const { appId, clientId, secret } = await createApp(as(developer), forPeople(root))
    expect(clientId).toMatch(/^[0-9a-f]{32}$/)
    expect(secret).toMatch(/^ghs_/)
    const app = await getApp(as(root.owner), appId)
    expect(app).toMatchObject({
      owner: { id: developer.id },
      createdBy: { id: developer.id },
      scopes: ['openid', 'profile'],
      grantTypes: ['authorization_code', 'refresh_token'],
      requiresPkce: true,
      audience: 'internal',
      origin: 'console',
      version: 1,
    })
    const [event] = await database().select().from(events).where(eq(events.appId, appId))
    expect(event).toMatchObject({
      name: 'connected-app.created',
      actorUserId: developer.id,
      subjectName: 'Order sync',
    })
  })

  it('lets it reside in the root organization, or in the business group chosen [P83]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const inRoot = await createApp(as(root.owner), forPeople(root))
    const inGroup = await createApp(as(root.owner), forPeople(group, { name: 'Order sync of the group' }))
    expect((await getApp(as(root.owner), inRoot.appId)).residence).toMatchObject({
      id: root.id,
      isRoot: true,
    })
    expect((await getApp(as(root.owner), inGroup.appId)).residence).toMatchObject({
      id: group.id,
      isRoot: false,
    })
  })

  it('keeps the secret as a digest only [P133]', async () => {
    const root = await makeOrganization()
    const { appId, secret } = await createApp(as(root.owner), forPeople(root))
    const rows = await database().execute(sql`
      select c::text, s::text, e::text from connected_apps c
      join app_secrets s on s.app_id = c.id join events e on e.app_id = c.id where c.name = 'Order sync'`)
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(secret)
    expect(JSON.stringify(await getApp(as(root.owner), appId))).not.toContain(secret)
  })

  it('gives an app that cannot keep a secret none', async () => {
    const root = await makeOrganization()
    const { appId, secret } = await createApp(as(root.owner), forPeople(root, { clientType: 'browser' }))
    expect(secret).toBeNull()
    const secrets = await database().select().from(appSecrets).where(eq(appSecrets.appId, appId))
    expect(secrets).toEqual([])
  })

  it('says what is allowed but risky', async () => {
    const root = await makeOrganization()
    const redirectUris = ['http://localhost:3000/callback']
    const { warnings } = await createApp(as(root.owner), forPeople(root, { redirectUris }))
    expect(warnings).toEqual({ 'redirectUris.0': expect.any(String) })
  })

  it('refuses a name another app of the tree has, whatever its case, and frees that of a deleted one [P25] [P32] [AM-9]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const first = await createApp(as(root.owner), forPeople(root))
    const same = forPeople(group, { name: ' ORDER sync ' })
    await expect(createApp(as(root.owner), same)).rejects.toMatchObject({
      code: 'conflict',
      fields: { name: expect.stringContaining('name') },
    })
    const elsewhere = await makeOrganization()
    await createApp(as(elsewhere.owner), forPeople(elsewhere))
    await database()
      .update(connectedApps)
      .set({ endedAt: new Date() })
      .where(eq(connectedApps.id, first.appId))
    await createApp(as(root.owner), same)
  })

  it('makes one of two apps of the same name that are created at the same moment', async () => {
    const root = await makeOrganization()
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => createApp(as(root.owner), forPeople(root))))
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'conflict' })
    }
  })

  it('refuses unknown scopes, bad addresses and fields it does not know, each under its field', async () => {
    const root = await makeOrganization()
    const fieldsOf = async (given: object) => {
      const refused = await createApp(as(root.owner), { ...forPeople(root), ...given }).catch(
        (refusal) => refusal,
      )
      expect(refused).toMatchObject({ code: 'invalid' })
      return Object.keys(refused.fields)
    }
    expect(await fieldsOf({ scopes: ['openid', 'orders:fly'] })).toEqual(['scopes.1'])
    expect(await fieldsOf({ redirectUris: ['https://ok.example.com', 'http://no.example.com'] })).toEqual([
      'redirectUris.1',
    ])
    expect(await fieldsOf({ name: '   ' })).toEqual(['name'])
    expect(await fieldsOf({ name: 'Pay\u202Eroll' })).toEqual(['name'])
    expect(await fieldsOf({ website: 'javascript:alert(1)' })).toEqual(['website'])
    expect(await fieldsOf({ clientType: 'native', requiresPkce: false })).toEqual(['requiresPkce'])
    expect(await fieldsOf({ scopes: Array.from({ length: 5001 }, (_, at) => `s${at}`) })).toEqual(['scopes'])
    await expect(
      createApp(as(root.owner), { ...forPeople(root), clientId: 'chosen' } as CreateAppInput),
    ).rejects.toMatchObject({ code: 'invalid' })
  })

  it('refuses more scopes than the deployment lets an app have [AM-30]', async () => {
    const root = await makeOrganization()
    const scopes = Array.from({ length: 1001 }, (_, at) => `s${at}`)
    await expect(createApp(as(root.owner), { ...forPeople(root), scopes })).rejects.toMatchObject({
      code: 'limit-reached',
      fields: { scopes: 'An app has at most 1,000 scopes, and these are 1,001.' },
    })
    const usual = environment()
    setEnvironment({ ...usual, scopesPerAppMax: 2 })
    try {
      const three = ['email', 'openid', 'profile']
      await expect(createApp(as(root.owner), { ...forPeople(root), scopes: three })).rejects.toMatchObject({
        code: 'limit-reached',
        fields: { scopes: expect.any(String) },
      })
      await createApp(as(root.owner), { ...forPeople(root), scopes: three.slice(1) })
    } finally {
      setEnvironment(usual)
    }
  })

  it('refuses one app more than the tree may hold, wherever in it [AM-30]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    await database().update(organizations).set({ appsMax: 2 }).where(eq(organizations.id, root.id))
    await makeApp({ organization: group })
    await createApp(as(root.owner), forPeople(root, { name: 'Second' }))
    for (const place of [root, group]) {
      await expect(createApp(as(root.owner), forPeople(place, { name: 'Third' }))).rejects.toMatchObject({
        code: 'limit-reached',
      })
    }
  })

  it('lets no two be the last one at once', async () => {
    const root = await makeOrganization()
    await database().update(organizations).set({ appsMax: 1 }).where(eq(organizations.id, root.id))
    const outcomes = await Promise.allSettled(
      ['One', 'Two', 'Three'].map((name) => createApp(as(root.owner), forPeople(root, { name }))),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('is let in or kept out by the root organization’s rule, in its groups too; apps that exist go on [P126]', async () => {
    const root = await makeOrganization({ name: 'Acme' })
    const group = await makeBusinessGroup(root)
    const [lead, developer] = [await makeMember(group, 'administrator'), await makeMember(group, 'developer')]
    const robot = asApp(await makeApp({ organization: root }), ['connected-apps:write'], group)
    const standing = await makeApp({ organization: group, ownerId: developer.id })
    const say = (appCreation: 'nobody' | 'administrators' | 'developers') =>
      database().update(organizations).set({ appCreation }).where(eq(organizations.id, root.id))
    let named = 0
    const outcomeOf = async (actor: Actor) => {
      named += 1
      const made = createApp(actor, forPeople(group, { name: `Under a rule ${named}` }))
      return made.then(
        () => 'made',
        (refusal: { code: string }) => refusal.code,
      )
    }
    const outcomes = async () => [
      await outcomeOf(as(lead)),
      await outcomeOf(as(developer)),
      await outcomeOf(robot),
    ]
    expect(await outcomes()).toEqual(['made', 'made', 'made'])
    await say('administrators')
    expect(await outcomes()).toEqual(['made', 'forbidden', 'made'])
    await say('nobody')
    expect(await outcomes()).toEqual(['forbidden', 'forbidden', 'forbidden'])
    await expect(createApp(as(root.owner), forPeople(group))).rejects.toMatchObject({
      sentence: expect.stringContaining('Acme has closed the creation of apps'),
    })
    const { version } = await getApp(as(developer), standing.id)
    await updateApp(as(developer), { appId: standing.id, version, description: 'Goes on' })
    await say('developers')
    expect(await outcomes()).toEqual(['made', 'made', 'made'])
  })

  it('refuses members (forbidden), strangers who govern elsewhere (not found), and people who govern nowhere', async () => {
    const root = await makeOrganization()
    const member = await makeMember(root)
    const stranger = await makeOrganization()
    const nobody = await makeMember(stranger)
    await expect(createApp(as(member), forPeople(root))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(createApp(as(stranger.owner), forPeople(root))).rejects.toMatchObject({ code: 'not-found' })
    await expect(createApp(as(nobody), forPeople(root))).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('by an app with the scope makes that app’s owner the owner, in the organizations chosen for it only', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const robot = await makeApp({ organization: root })
    const inGroup = asApp(robot, ['connected-apps:write', 'connected-apps:read'], group)
    const { appId } = await createApp(inGroup, forPeople(group))
    expect(await getApp(inGroup, appId)).toMatchObject({
      owner: { id: root.owner.id },
      createdBy: null,
      origin: 'api',
    })
    await expect(createApp(inGroup, forPeople(root, { name: 'Other' }))).rejects.toMatchObject({
      code: 'forbidden',
    })
    const reader = asApp(robot, ['connected-apps:read', 'organizations:read'], group)
    await expect(createApp(reader, forPeople(group, { name: 'Other' }))).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('through an app needs both the person’s right and the app’s scope [P87]', async () => {
    const root = await makeOrganization()
    const tool = await makeApp({ organization: root })
    await createApp(asThrough(root.owner, tool, ['connected-apps:write']), forPeople(root))
    const without = asThrough(root.owner, tool, ['connected-apps:read', 'organizations:read'])
    await expect(createApp(without, forPeople(root, { name: 'Other' }))).rejects.toMatchObject({
      code: 'forbidden',
    })
    const member = await makeMember(root)
    const withScope = asThrough(member, tool, ['connected-apps:write', 'organizations:read'])
    await expect(createApp(withScope, forPeople(root, { name: 'Other' }))).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('takes an owner the seed names, and refuses one who has no place there', async () => {
    const root = await makeOrganization()
    const developer = await makeMember(root, 'developer')
    const member = await makeMember(root)
    const { appId } = await createApp(SYSTEM, forPeople(root, { ownerId: developer.id }))
    expect((await getApp(SYSTEM, appId)).owner?.id).toBe(developer.id)
    await expect(
      createApp(SYSTEM, forPeople(root, { name: 'Other', ownerId: member.id })),
    ).rejects.toMatchObject({ code: 'invalid', fields: { ownerId: expect.any(String) } })
    await expect(
      createApp(as(developer), forPeople(root, { name: 'Other', ownerId: root.owner.id })),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('creating an app that acts for itself', () => {
  it('takes its scopes with the root and business groups each is good for, and adds profile [P84] [P90]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const contexts = [
      { scope: 'connected-apps:read', organizationId: root.id },
      { scope: 'connected-apps:read', organizationId: group.id },
    ]
    const { appId, secret } = await createApp(
      as(root.owner),
      forItself(root, { scopes: ['connected-apps:read'], contexts }),
    )
    expect(secret).toMatch(/^ghs_/)
    const app = await getApp(as(root.owner), appId)
    expect(app).toMatchObject({
      grantTypes: ['client_credentials'],
      scopes: ['connected-apps:read', 'profile'],
    })
    expect(app.contexts.map((context) => context.organization.id).sort()).toEqual([root.id, group.id].sort())
  })

  it('refuses places outside its residence, and leaves nothing behind [P130]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const input = forItself(group, {
      scopes: ['connected-apps:read'],
      contexts: [{ scope: 'connected-apps:read', organizationId: root.id }],
    })
    await expect(createApp(as(root.owner), input)).rejects.toMatchObject({
      code: 'invalid',
      fields: { 'contexts.0': expect.any(String) },
    })
    const rows = await database().select().from(appContexts).where(eq(appContexts.organizationId, root.id))
    expect(rows).toEqual([])
  })

  it('refuses a scope without the place it needs, and scopes about people', async () => {
    const root = await makeOrganization()
    const without = forItself(root, { scopes: ['connected-apps:read'] })
    await expect(createApp(as(root.owner), without)).rejects.toMatchObject({
      fields: { contexts: expect.any(String) },
    })
    const people = forItself(root, { scopes: ['openid'] })
    await expect(createApp(as(root.owner), people)).rejects.toMatchObject({
      fields: { 'scopes.0': expect.any(String) },
    })
  })

  it('refuses rights its creator does not hold there [P129]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const developer = await makeMember(group, 'developer')
    const lead = await makeMember(group, 'administrator')
    const give = (scope: string) =>
      forItself(group, { name: scope, scopes: [scope], contexts: [{ scope, organizationId: group.id }] })
    await expect(createApp(as(developer), give('connected-apps:write'))).rejects.toMatchObject({
      code: 'forbidden',
    })
    await createApp(as(lead), give('connected-apps:write'))
    // The allowlist is the root organization's: administering a business group gives no right over it.
    await expect(createApp(as(lead), give('allowlist:write'))).rejects.toMatchObject({ code: 'forbidden' })
    const [foreign = ''] = await makeApi(root, [{ needsOrganization: true }])
    await createApp(as(developer), give(foreign))
  })

  it('offers it nothing of another organization’s API, as if there were none [P89]', async () => {
    const [root, stranger] = [await makeOrganization(), await makeOrganization()]
    const [plain = '', placed = ''] = await makeApi(root, [{}, { needsOrganization: true }])
    const ask = (scope: string) =>
      createApp(as(stranger.owner), forItself(stranger, { name: scope, scopes: [scope], contexts: [] }))
    for (const scope of [plain, placed]) {
      await expect(ask(scope)).rejects.toMatchObject({
        code: 'invalid',
        sentence: `No API offers the scope ${scope}.`,
      })
    }
    const own = forItself(root, { scopes: [plain], contexts: [] })
    await createApp(as(root.owner), own)
  })

  it('by an app gives no scope which that app does not hold there [P129]', async () => {
    const root = await makeOrganization()
    const robot = await makeApp({ organization: root })
    const actor = asApp(robot, ['connected-apps:write'], root)
    const give = (scope: string) =>
      forItself(root, { name: scope, scopes: [scope], contexts: [{ scope, organizationId: root.id }] })
    await createApp(actor, give('connected-apps:write'))
    await expect(createApp(actor, give('allowlist:write'))).rejects.toMatchObject({ code: 'forbidden' })
    const [foreign = ''] = await makeApi(root, [{ needsOrganization: true }])
    await expect(createApp(actor, give(foreign))).rejects.toMatchObject({ code: 'forbidden' })
  })
})
