import { eq, sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { closeDatabase, database } from '#db/client'
import { appSecrets, connectedApps } from '#db/schema/connected-apps'
import { users } from '#db/schema/users'
import { keyFor } from '#lib/base/secret-key'
import { hashSecret } from '#lib/base/secrets'
import { EVENTS } from '#lib/domain/audit/events'
import { judgeSettings } from '#lib/domain/connected-apps/rules'
import { verifyPassword } from '#lib/domain/users/passwords'
import { makeUser } from '#test/factories'
import { wordlessFields } from '#test/wordless-fields'
import { type DemoAccess, isSeeded, seedDemo } from './demo.ts'
import { SLIPS, STATES } from './what-the-demo-shows.ts'

const NAME = `gatehouse_test_seed_${process.env.VITEST_POOL_ID ?? '1'}`
const TEST = { purpose: 'test', publicUrl: 'http://localhost:3000' } as const
const admin = postgres(inject('adminUrl'), { max: 1, onnotice: () => undefined })

/** The demo wants a database to itself, so these tests have one: a fresh copy of the template. */
beforeAll(async () => {
  const url = new URL(inject('templateUrl'))
  const template = admin(url.pathname.slice(1))
  await admin`create database ${admin(NAME)} template ${template} owner ${admin(url.username)}`
  await closeDatabase()
  url.pathname = `/${NAME}`
  process.env.DATABASE_URL = url.href
})

afterAll(async () => {
  await closeDatabase()
  await admin`drop database ${admin(NAME)}`
  await admin.end()
})

async function count(from: string): Promise<number> {
  const [row] = await database().execute<{ n: number }>(sql.raw(`select count(*)::int as n from ${from}`))
  return row?.n ?? 0
}

describe('a database that is not for the demo', () => {
  it('is refused while it is marked for something else, and stays as it is [P134]', async () => {
    await expect(seedDemo({ ...TEST, purpose: 'demo' })).rejects.toThrow('marked "test"')
    await database().execute(sql`update deployment set purpose = 'production'`)
    await expect(seedDemo(TEST)).rejects.toThrow('marked "production"')
    await database().execute(sql`update deployment set purpose = 'test'`)
    expect(await count('scopes')).toBe(0)
  })

  it('is refused while anybody is in it [P134]', async () => {
    const { id } = await makeUser()
    expect(await isSeeded()).toBe(true)
    await expect(seedDemo(TEST)).rejects.toThrow('already holds users')
    expect(await count('users')).toBe(1)
    await database().delete(users).where(eq(users.id, id))
  })
})

describe('the demo', () => {
  let access: DemoAccess
  let refusals: unknown[]

  beforeAll(async () => {
    expect(await isSeeded()).toBe(false)
    const outcomes = await Promise.allSettled([seedDemo(TEST), seedDemo(TEST)])
    const [made] = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []))
    refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? outcome.reason : []))
    if (!made) throw new Error('Neither of the two seeds came through.', { cause: refusals[0] })
    access = made
  })

  it('is made by one of two who try at once, and refused to all who come later [P134]', async () => {
    expect(refusals).toEqual([expect.objectContaining({ code: 'conflict' })])
    await expect(seedDemo(TEST)).rejects.toThrow('already holds users')
    expect(await isSeeded()).toBe(true)
  })

  it('lets each of its roles sign in with a password of which only the hash is kept', async () => {
    expect(access.signIns.map(({ role }) => role)).toEqual([
      'operator',
      'root-administrator',
      'business-group-administrator',
      'developer',
      'member',
      'second-organization-administrator',
    ])
    for (const { username, password } of access.signIns) {
      const [person] = await database().select().from(users).where(eq(users.username, username))
      expect(await verifyPassword(person?.passwordHash ?? '', password)).toBe(true)
    }
    expect(new Set(access.signIns.map(({ password }) => password)).size).toBe(6)
    expect(await count('users where password_hash is not null')).toBe(6)
  })

  it('has an API client with an administrator’s scopes at each place of the first organization', async () => {
    const { clientId, clientSecret, scopes, tokenEndpoint } = access.apiClient
    const [app] = await database().select().from(connectedApps).where(eq(connectedApps.clientId, clientId))
    const hash = hashSecret(clientSecret, keyFor('secret-hashing'))
    const [secret] = await database().select().from(appSecrets).where(eq(appSecrets.hash, hash))
    expect(secret).toMatchObject({ appId: app?.id, expiresAt: null, endedAt: null })
    expect(app?.scopes).toEqual(scopes)
    expect(tokenEndpoint).toBe('http://localhost:3000/oauth/token')
    const places = await count(`organizations where root_organization_id =
      (select root_organization_id from connected_apps where client_id = '${clientId}')`)
    const contexts = `app_contexts x join connected_apps c on c.id = x.app_id where c.client_id = '${clientId}'`
    expect(await count(contexts)).toBe(places * scopes.length)
  })

  it.each(STATES)('shows $what', async ({ from, least }) => {
    expect(await count(from)).toBeGreaterThanOrEqual(least)
  })

  it.each(SLIPS)('has no $what', async ({ from }) => {
    expect(await count(from)).toBe(0)
  })

  it('has no app that could not have been registered', async () => {
    const apps = await database().select().from(connectedApps)
    const errors = apps
      .map((app) => [app.name, judgeSettings(app).errors])
      .filter(([, found]) => Object.keys(found ?? {}).length)
    expect(errors).toEqual([])
  })

  it('tells only of what can happen, with every name that the sentence needs', async () => {
    const told = await database().execute<{ name: keyof typeof EVENTS; details: Record<string, unknown> }>(
      sql`select distinct on (name) name, details from events order by name, id`,
    )
    for (const { name, details } of told) {
      const needed = [...(EVENTS[name] ?? '{unknown event}').matchAll(/\{(\w+)\}/g)].map(([, word]) => word)
      expect(Object.keys(details)).toEqual(
        expect.arrayContaining(needed.filter((word) => word !== 'actor' && word !== 'subject')),
      )
    }
  })

  it('tells nothing that the audit log has no words for', async () => {
    expect(await wordlessFields(process.env.DATABASE_URL ?? '')).toEqual([])
  })
})
