import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { allowlistEntries, allowlists } from '#db/schema/allowlist'
import { events } from '#db/schema/audit'
import { authorizations } from '#db/schema/authorizations'
import { connectedApps } from '#db/schema/connected-apps'
import { memberships } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { environment, readEnvironment, setEnvironment } from '#lib/base/env'
import { newId } from '#lib/base/ids'
import { as, asApp, asThrough } from '#test/actors'
import { countLive, makeAuthorization } from '#test/authorizations'
import {
  type MadeApp,
  type MadeOrganization,
  type MadeUser,
  makeApp,
  makeMember,
  makeMembership,
  makeOrganization,
  makeUser,
} from '#test/factories'
import { rounds } from '#test/rounds'
import { blockApp } from '../installations/block-app.ts'
import { freezeApp } from '../installations/freeze-app.ts'
import { removeMember } from '../offboarding/remove-member.ts'
import { authorizeApp } from './authorize-app.ts'
import { denyApp } from './deny-app.ts'
import { getVerdict } from './get-verdict.ts'
import { listMyAuthorizations } from './list-my-authorizations.ts'
import { removeAuthorization } from './remove-authorization.ts'

let here: MadeOrganization
let elsewhere: MadeOrganization
let app: MadeApp
let member: MadeUser

beforeEach(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
  app = await makeApp({
    organization: await makeOrganization(),
    audience: 'everyone',
    scopes: ['openid', 'profile', 'email'],
  })
  member = await makeMember(here)
})

describe('a person’s yeses in one organization', () => {
  const before = environment()
  afterEach(() => setEnvironment(before))
  const makeApps = (count: number) =>
    Promise.all(
      Array.from({ length: count }, () => makeApp({ organization: here, scopes: ['openid', 'profile'] })),
    )
  const say = (one: MadeApp, scopes: string[], organization = here) =>
    authorizeApp(as(member), { appId: one.id, rootOrganizationId: organization.id, scopes })

  it('are thirty at most, unless the deployment says otherwise (AM-30)', () => {
    expect(readEnvironment({}).authorizationsPerPersonMax).toBe(30)
    expect(readEnvironment({ AUTHORIZATIONS_PER_PERSON_MAX: '7' }).authorizationsPerPersonMax).toBe(7)
    expect(() => readEnvironment({ AUTHORIZATIONS_PER_PERSON_MAX: '0' })).toThrow(
      /AUTHORIZATIONS_PER_PERSON_MAX/,
    )
  })

  it('are refused beyond the limit, saying what to do, and counted where they live (AM-30)', async () => {
    setEnvironment({ ...before, authorizationsPerPersonMax: 2 })
    const [one, two, three] = (await makeApps(3)) as [MadeApp, MadeApp, MadeApp]
    const { authorizationId } = await say(one, ['openid'])
    expect((await listMyAuthorizations(as(member))).nearLimit).toEqual([])
    await say(two, ['openid'])
    expect((await listMyAuthorizations(as(member))).nearLimit).toEqual([
      { organization: { id: here.id, name: here.name }, live: 2, max: 2 },
    ])
    await expect(say(three, ['openid'])).rejects.toMatchObject({
      code: 'limit-reached',
      sentence: `At ${here.name} 2 apps act for you already, and there may be no more. Take one back under My apps, then authorize this one.`,
    })
    expect(await countLive(three, here)).toEqual({ people: 0, tokens: 0 })
    expect(await database().select().from(events).where(eq(events.appId, three.id))).toEqual([])
    // What stands may grow, somebody else has their own, another organization counts apart.
    await say(one, ['openid', 'profile'])
    await authorizeApp(as(await makeMember(here)), {
      appId: three.id,
      rootOrganizationId: here.id,
      scopes: ['openid'],
    })
    await makeMembership(elsewhere, member.id, 'member')
    await say(app, ['openid'], elsewhere)
    await removeAuthorization(as(member), { authorizationId })
    await say(three, ['openid'])
  })

  it('are not one too many when several are said at once (AM-30)', async () => {
    setEnvironment({ ...before, authorizationsPerPersonMax: 3 })
    const apps = await makeApps(6)
    const said = await Promise.allSettled(apps.map((one) => say(one, ['openid'])))
    expect(said.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    for (const one of said) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'limit-reached' })
    }
  })
})

const wish = (...scopes: string[]) => ({ appId: app.id, rootOrganizationId: here.id, scopes })
const recorded = async () => {
  const rows = await database().select().from(events).where(eq(events.appId, app.id)).orderBy(events.id)
  return rows.map(({ name, details }) => ({ name, ...details }))
}
const setPolicy = (mode: 'unrestricted' | 'restricted' | 'closed') =>
  database().insert(allowlists).values({ rootOrganizationId: here.id, mode })
const list = (...scopes: string[]) =>
  database()
    .insert(allowlistEntries)
    .values({
      id: newId('entry'),
      rootOrganizationId: here.id,
      appId: app.id,
      scopes,
      origin: 'administrator',
    })

describe('a yes', () => {
  it('is recorded once, with its scopes sorted and where it came from, under Unrestricted [P48] [P49]', async () => {
    const said = await authorizeApp(as(member), wish('profile', 'openid', 'profile'))
    const [row] = await database()
      .select()
      .from(authorizations)
      .where(eq(authorizations.id, said.authorizationId))
    expect(row).toMatchObject({
      userId: member.id,
      rootOrganizationId: here.id,
      scopes: ['openid', 'profile'],
      epoch: 0,
      ip: '203.0.113.7',
    })
    expect(await recorded()).toMatchObject([{ name: 'authorization.granted', added: ['openid', 'profile'] }])
  })

  it('that covers what is asked is not said again', async () => {
    const first = await makeAuthorization(member, app, here)
    expect(await authorizeApp(as(member), wish('openid'))).toEqual({
      authorizationId: first,
      scopes: ['openid', 'profile'],
    })
    expect(await recorded()).toHaveLength(1)
  })

  it('is widened in place, and what is new is recorded [P77]', async () => {
    const first = await makeAuthorization(member, app, here)
    expect(await authorizeApp(as(member), wish('email', 'openid'))).toEqual({
      authorizationId: first,
      scopes: ['email', 'openid', 'profile'],
    })
    expect((await recorded()).at(-1)).toMatchObject({ name: 'authorization.widened', added: ['email'] })
  })

  it('from eight windows at once is one authorization with all that was asked', async () => {
    const asked = [['openid'], ['profile'], ['email'], ['openid', 'email']]
    const said = await Promise.all(
      [...asked, ...asked].map((scopes) => authorizeApp(as(member), wish(...scopes))),
    )
    expect(new Set(said.map((one) => one.authorizationId)).size).toBe(1)
    const rows = await database().select().from(authorizations).where(eq(authorizations.userId, member.id))
    expect(rows.map((row) => row.scopes)).toEqual([['email', 'openid', 'profile']])
    expect((await recorded()).filter(({ name }) => name === 'authorization.granted')).toHaveLength(1)
  })

  it('ends with the place it was said from: who leaves and comes back says it anew [AM-29]', async () => {
    const first = await makeAuthorization(member, app, here)
    await database().update(memberships).set({ endedAt: new Date() }).where(eq(memberships.userId, member.id))
    await makeMembership(here, member.id, 'member')
    expect(await getVerdict({ ...wish('openid'), userId: member.id, address: null })).toMatchObject({
      kind: 'consent',
      granted: [],
    })
    const second = await authorizeApp(as(member), wish('openid'))
    expect(second.authorizationId).not.toBe(first)
    expect(second.scopes).toEqual(['openid'])
    expect(await countLive(app, here)).toMatchObject({ people: 1 })
  })

  it('in the moment of leaving is refused in words, or ends with the place [AM-29]', async () => {
    for (let round = 0; round < rounds(10); round++) {
      const leaving = await makeMember(here)
      const [said] = await Promise.allSettled([
        authorizeApp(as(leaving), wish('openid')),
        removeMember(as(here.owner), { organizationId: here.id, userId: leaving.id }),
      ])
      if (said.status === 'rejected') expect(said.reason).toMatchObject({ code: 'forbidden' })
      expect(await countLive(app, here)).toMatchObject({ people: 0 })
    }
  })

  it('may hold as many scopes as an app can have', async () => {
    const scopes = Array.from({ length: 1000 }, (_, at) => `api-${at}:${'x'.repeat(80)}`).sort()
    await database().update(connectedApps).set({ scopes }).where(eq(connectedApps.id, app.id))
    expect((await authorizeApp(as(member), wish(...scopes))).scopes).toEqual(scopes)
  })
})

describe('authorizeApp', () => {
  it('refuses an app that acts for a person, or for itself: only people say yes [P131]', async () => {
    for (const actor of [asThrough(member, app, ['profile'], here.id), asApp(app, ['profile'], here)]) {
      await expect(authorizeApp(actor, wish('openid'))).rejects.toMatchObject({ code: 'forbidden' })
    }
  })

  it('refuses a stranger, someone who left and someone deactivated', async () => {
    const left = await makeMember(here)
    await database().update(memberships).set({ endedAt: new Date() }).where(eq(memberships.userId, left.id))
    const inactive = await makeMember(here)
    await database().update(users).set({ deactivatedAt: new Date() }).where(eq(users.id, inactive.id))
    for (const person of [await makeUser(), left, inactive]) {
      await expect(authorizeApp(as(person), wish('openid'))).rejects.toMatchObject({ code: 'forbidden' })
    }
  })

  it('refuses an app that is disabled, deleted, unknown, or acts only for itself', async () => {
    const disabled = await makeApp({ organization: here, disabledAt: new Date() })
    const ended = await makeApp({ organization: here, endedAt: new Date() })
    const itself = await makeApp({ organization: here, actsAs: 'itself' })
    for (const appId of [disabled.id, ended.id, itself.id, newId('app')]) {
      await expect(authorizeApp(as(member), { ...wish('openid'), appId })).rejects.toMatchObject({
        code: 'not-found',
      })
    }
  })

  it('refuses an internal app outside its root organization [P127]', async () => {
    const foreign = await makeApp({ organization: await makeOrganization(), audience: 'internal' })
    expect(
      await getVerdict({ ...wish('openid'), appId: foreign.id, userId: member.id, address: null }),
    ).toEqual({
      kind: 'unavailable',
    })
    await expect(authorizeApp(as(member), { ...wish('openid'), appId: foreign.id })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('refuses what the app itself may not ask', async () => {
    await expect(authorizeApp(as(member), wish('payroll:read'))).rejects.toMatchObject({ code: 'invalid' })
  })

  it('refuses a blocked and a frozen app', async () => {
    const named = { rootOrganizationId: here.id, appId: app.id }
    await freezeApp(as(here.owner), named)
    await expect(authorizeApp(as(member), wish('openid'))).rejects.toThrow('frozen')
    await blockApp(as(here.owner), named)
    await expect(authorizeApp(as(member), wish('openid'))).rejects.toThrow('blocked')
  })

  it('refuses anything new under Closed, and lets what runs run on', async () => {
    const first = await makeAuthorization(member, app, here)
    await database()
      .update(allowlists)
      .set({ mode: 'closed' })
      .where(eq(allowlists.rootOrganizationId, here.id))
    await expect(authorizeApp(as(member), wish('email'))).rejects.toThrow('nobody')
    expect((await authorizeApp(as(member), wish('openid'))).authorizationId).toBe(first)
  })

  it('refuses under Restricted what is not listed, and beyond what is [P50] [P54] [P62] [P73]', async () => {
    await setPolicy('restricted')
    await expect(authorizeApp(as(member), wish('openid'))).rejects.toThrow('allowlist')
    await list('openid', 'profile')
    await expect(authorizeApp(as(member), wish('openid', 'email'))).rejects.toThrow('allowlist')
    expect((await authorizeApp(as(member), wish('openid'))).scopes).toEqual(['openid'])
    expect(await getVerdict({ ...wish('openid', 'email'), userId: member.id, address: null })).toEqual({
      kind: 'approval-needed',
      missing: ['email'],
      listed: ['openid', 'profile'],
    })
  })

  it('leaves no trace of a wish that was refused', async () => {
    await setPolicy('restricted')
    await expect(authorizeApp(as(member), wish('openid'))).rejects.toThrow('allowlist')
    expect(await recorded()).toEqual([])
    expect(await database().select().from(authorizations).where(eq(authorizations.appId, app.id))).toEqual([])
  })
})

describe('denyApp', () => {
  it('records a no and touches nothing else', async () => {
    await makeAuthorization(member, app, here)
    await denyApp(as(member), wish('email'))
    expect((await recorded()).at(-1)).toMatchObject({ name: 'authorization.denied', scopes: ['email'] })
    expect(await getVerdict({ ...wish('openid'), userId: member.id, address: null })).toMatchObject({
      kind: 'allow',
    })
  })

  it('refuses a stranger and an app', async () => {
    await expect(denyApp(as(await makeUser()), wish('email'))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(denyApp(asThrough(member, app, ['profile'], here.id), wish('email'))).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})
