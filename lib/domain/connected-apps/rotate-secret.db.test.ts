import { eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { appContexts, appSecrets, connectedApps, scopes } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import { type Id, newId } from '#lib/base/ids'
import { keyFor } from '#lib/base/secret-key'
import { hashSecret, sameDigest } from '#lib/base/secrets'
import { as, asApp, asThrough } from '#test/actors'
import { database } from '#test/database'
import {
  type MadeApp,
  makeApi,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeOrganization,
  makeSecret,
} from '#test/factories'
import { findClientRecords } from './client-records.ts'
import { createApp } from './create-app.ts'
import { endSecret } from './end-secret.ts'
import { getApp } from './get-app.ts'
import { previewBulkRotation } from './preview-bulk-rotation.ts'
import { renameSecret } from './rename-secret.ts'
import { rotateSecret } from './rotate-secret.ts'
import { syncBuiltInScopes } from './sync-built-in-scopes.ts'

const OWN = 'k3J!x9Qw#m2Lp7Zr$v5Ty8Nc&b4Hd1F6'

/** Whether the token endpoint would take the secret now. */
async function works(app: MadeApp, secret: string): Promise<boolean> {
  const record = (await findClientRecords([app.clientId])).get(app.clientId)
  const hash = hashSecret(secret, keyFor('secret-hashing'))
  return record?.secrets.some((live) => sameDigest(live.hash, hash)) ?? false
}
const secretsOf = (appId: Id<'app'>) =>
  database().select().from(appSecrets).where(eq(appSecrets.appId, appId)).orderBy(appSecrets.createdAt)
const eventsAbout = (appId: Id<'app'>) => database().select().from(events).where(eq(events.appId, appId))

beforeAll(() => syncBuiltInScopes('http://localhost:3000'))

describe('rotating a secret', () => {
  it('lets the new one work at once and the old one until the overlap ends, and records it [P29] [P35]', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    const { secret, secretId } = await rotateSecret(as(root.owner), { appId: app.id })
    expect(secret).toMatch(/^ghs_/)
    expect(await works(app, secret)).toBe(true)
    expect(await works(app, app.secret)).toBe(true)
    const [old] = await secretsOf(app.id)
    const hours = ((old?.expiresAt?.getTime() ?? 0) - Date.now()) / 3_600_000
    expect(hours).toBeGreaterThan(23.9)
    expect(hours).toBeLessThanOrEqual(24)
    const [event] = await eventsAbout(app.id)
    expect(event).toMatchObject({
      name: 'connected-app.secret-rotated',
      details: { secretId, overlapHours: 24 },
    })
    expect(JSON.stringify(event)).not.toContain(secret)
  })

  it('ends the old one at once with an overlap of 0 [P29]', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    const { secret } = await rotateSecret(as(root.owner), { appId: app.id, overlapHours: 0 })
    expect(await works(app, app.secret)).toBe(false)
    expect(await works(app, secret)).toBe(true)
  })

  it('takes a value of one’s own, which works as soon as the save returns [P28]', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    const { secret } = await rotateSecret(as(root.owner), {
      appId: app.id,
      value: OWN,
      name: 'From the vault',
    })
    expect(secret).toBe(OWN)
    expect(await works(app, OWN)).toBe(true)
    expect((await getApp(as(root.owner), app.id)).secrets[0]).toMatchObject({
      name: 'From the vault',
      source: 'chosen',
      lastFour: 'd1F6',
      createdBy: root.owner.fullName,
      isLive: true,
    })
  })

  it('refuses a weak value and a former one under the field, and leaves the old one alone [P30] [AM-10]', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    const choose = (value: string) => rotateSecret(as(root.owner), { appId: app.id, value, overlapHours: 0 })
    for (const value of ['short', 'a'.repeat(40), app.secret]) {
      await expect(choose(value)).rejects.toMatchObject({
        code: 'invalid',
        fields: { value: expect.any(String) },
      })
    }
    expect(await works(app, app.secret)).toBe(true)
    const [only] = await secretsOf(app.id)
    expect(only?.expiresAt).toBeNull()
  })

  it('never lengthens a life, and leaves the ones to keep as they are', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    await rotateSecret(as(root.owner), { appId: app.id, overlapHours: 1 })
    const [first] = await secretsOf(app.id)
    const second = (await secretsOf(app.id))[1]
    await rotateSecret(as(root.owner), { appId: app.id, overlapHours: 168, keep: second ? [second.id] : [] })
    const after = await secretsOf(app.id)
    expect(after[0]?.expiresAt).toEqual(first?.expiresAt)
    expect(after[1]?.expiresAt).toBeNull()
  })

  it('keeps at most five live ones, also when several rotate at once [AM-10]', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    const rotations = Array.from({ length: 7 }, () => rotateSecret(as(root.owner), { appId: app.id }))
    const outcomes = await Promise.allSettled(rotations)
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(4)
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'limit-reached' })
    }
    await rotateSecret(as(root.owner), { appId: app.id, overlapHours: 0 })
  })

  it('clears the mark that the secret should be rotated [P18]', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root, rotationDueSince: new Date() })
    await rotateSecret(as(root.owner), { appId: app.id })
    expect((await getApp(as(root.owner), app.id)).rotationDueSince).toBeNull()
  })

  it('can end every token an app acting for itself holds, and only together with the old secrets [AM-10]', async () => {
    const root = await makeOrganization()
    const robot = await makeApp({ organization: root, actsAs: 'itself', scopes: ['profile'] })
    await rotateSecret(as(root.owner), { appId: robot.id, overlapHours: 0, endTokens: true })
    const [row] = await database().select().from(connectedApps).where(eq(connectedApps.id, robot.id))
    expect(row?.epoch).toBe(1)
    const later = { appId: robot.id, overlapHours: 24, endTokens: true } as const
    await expect(rotateSecret(as(root.owner), later)).rejects.toMatchObject({
      fields: { endTokens: expect.any(String) },
    })
    const forPeople = await makeApp({ organization: root })
    const people = { appId: forPeople.id, overlapHours: 0, endTokens: true } as const
    await expect(rotateSecret(as(root.owner), people)).rejects.toMatchObject({
      fields: { endTokens: expect.any(String) },
    })
  })

  it('is refused for an app that cannot keep a secret', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root, clientType: 'native' })
    await expect(rotateSecret(as(root.owner), { appId: app.id })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('is refused to strangers and siblings (not found), and to people who govern nowhere (forbidden)', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const sibling = await makeMember(await makeBusinessGroup(root), 'administrator')
    const stranger = await makeOrganization()
    const member = await makeMember(root)
    const app = await makeApp({ organization: group })
    await expect(rotateSecret(as(sibling), { appId: app.id })).rejects.toMatchObject({ code: 'not-found' })
    await expect(rotateSecret(as(stranger.owner), { appId: app.id })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(rotateSecret(as(member), { appId: app.id })).rejects.toMatchObject({ code: 'forbidden' })
    const reader = asApp(app, ['connected-apps:read'], group)
    await expect(rotateSecret(reader, { appId: app.id })).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('is refused to a developer whose app may do more than they may [P129]', async () => {
    const root = await makeOrganization()
    const developer = await makeMember(root, 'developer')
    const robot = await makeApp({
      organization: root,
      actsAs: 'itself',
      scopes: ['allowlist:write', 'profile'],
      ownerId: developer.id,
    })
    const context = { appId: robot.id, scope: 'allowlist:write', organizationId: root.id }
    await database().insert(appContexts).values(context)
    await expect(rotateSecret(as(developer), { appId: robot.id })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await rotateSecret(as(root.owner), { appId: robot.id })
  })

  it('is refused through an app whose token holds less than the app, whether or not its scopes have places [P129]', async () => {
    const root = await makeOrganization()
    const tool = await makeApp({ organization: root })
    const [scope = ''] = await makeApi(root)
    const robot = await makeApp({ organization: root, actsAs: 'itself', scopes: [scope, 'profile'] })
    const held = ['connected-apps:read', 'connected-apps:write', 'connected-apps:secrets']
    const less = asThrough(root.owner, tool, held)
    await expect(rotateSecret(less, { appId: robot.id })).rejects.toMatchObject({ code: 'forbidden' })
    const chosen = { organizationId: root.id, which: 'chosen' as const, appIds: [robot.id] }
    expect((await previewBulkRotation(less, chosen)).counts).toMatchObject({ 'not-held': 1, ready: 0 })
    await rotateSecret(asThrough(root.owner, tool, [...held, scope]), { appId: robot.id })
    await database().update(scopes).set({ endedAt: new Date() }).where(eq(scopes.name, scope))
    // What has ended gives the app nothing, and keeps nobody from rotating.
    await rotateSecret(less, { appId: robot.id })
  })
})

describe('the life of a new secret', () => {
  it('ends when it was said to, and is as long as the organization’s rule where nothing was said', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    const daysOf = (end: Date | null) => end && Math.round((end.getTime() - Date.now()) / 86_400_000)
    const rotate = (given: { lifeDays?: number | null }) =>
      rotateSecret(as(root.owner), { appId: app.id, overlapHours: 0, ...given })
    expect((await rotate({})).expiresAt).toBeNull()
    expect(daysOf((await rotate({ lifeDays: 30 })).expiresAt)).toBe(30)
    await database().update(organizations).set({ secretDaysMax: 90 }).where(eq(organizations.id, root.id))
    expect(daysOf((await rotate({})).expiresAt)).toBe(90)
    const made = await createApp(as(root.owner), {
      organizationId: root.id,
      name: 'Made under the rule',
      actsAs: 'itself',
    })
    expect(daysOf((await secretsOf(made.appId))[0]?.expiresAt ?? null)).toBe(90)
  })

  it('is refused beyond the rule, and what outlives it is a finding that nothing ends', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const app = await makeApp({ organization: group })
    await database().update(organizations).set({ secretDaysMax: 30 }).where(eq(organizations.id, root.id))
    for (const given of [{ lifeDays: null }, { lifeDays: 31 }])
      await expect(rotateSecret(as(root.owner), { appId: app.id, ...given })).rejects.toMatchObject({
        code: 'invalid',
        fields: { lifeDays: expect.stringContaining('30 days') },
      })
    expect(await works(app, app.secret)).toBe(true)
    const details = await getApp(as(root.owner), app.id)
    expect(details).toMatchObject({ secretDaysMax: 30, secrets: [{ outlivesRule: true, expiresAt: null }] })
    await rotateSecret(as(root.owner), { appId: app.id })
    expect((await getApp(as(root.owner), app.id)).secrets.map((one) => one.outlivesRule)).toEqual([
      false,
      false,
    ])
  })
})

describe('renaming a secret', () => {
  it('changes its name and nothing else, and is recorded once', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    const [secret] = await secretsOf(app.id)
    const input = { appId: app.id, secretId: secret?.id ?? newId('secret'), name: ' Production ' }
    await renameSecret(as(root.owner), input)
    await renameSecret(as(root.owner), input)
    expect(await secretsOf(app.id)).toEqual([{ ...secret, name: 'Production' }])
    expect(await eventsAbout(app.id)).toMatchObject([
      { name: 'connected-app.secret-renamed', details: { before: 'Made for a test', after: 'Production' } },
    ])
  })

  it('is refused without a name, for another app’s secret, and to strangers', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    const other = await makeApp({ organization: root })
    const stranger = await makeOrganization()
    const [secret] = await secretsOf(other.id)
    const input = { appId: app.id, secretId: secret?.id ?? newId('secret'), name: 'Taken over' }
    await expect(renameSecret(as(root.owner), { ...input, name: '  ' })).rejects.toMatchObject({
      fields: { name: expect.any(String) },
    })
    await expect(renameSecret(as(root.owner), input)).rejects.toMatchObject({ code: 'not-found' })
    await expect(renameSecret(as(stranger.owner), { ...input, appId: other.id })).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('ending a secret', () => {
  it('takes effect at once, is recorded, and changes nothing the second time', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    const other = await makeSecret(app.id)
    const [first] = await secretsOf(app.id)
    const input = { appId: app.id, secretId: first?.id ?? newId('secret') }
    await endSecret(as(root.owner), input)
    await endSecret(as(root.owner), input)
    expect(await works(app, app.secret)).toBe(false)
    expect(await works(app, other)).toBe(true)
    expect(await eventsAbout(app.id)).toMatchObject([
      { name: 'connected-app.secret-ended', details: { secretId: first?.id } },
    ])
    const story = (await getApp(as(root.owner), app.id)).secrets
    expect(story.map((secret) => secret.isLive)).toEqual([true, false])
    expect(story[1]?.endedBy).toBe(root.owner.fullName)
  })

  it('is refused for a secret of another app, and to strangers', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    const other = await makeApp({ organization: root })
    const [secret] = await secretsOf(other.id)
    const input = { appId: app.id, secretId: secret?.id ?? newId('secret') }
    await expect(endSecret(as(root.owner), input)).rejects.toMatchObject({ code: 'not-found' })
    const stranger = await makeOrganization()
    await expect(endSecret(as(stranger.owner), { ...input, appId: other.id })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(await works(other, other.secret)).toBe(true)
  })

  it('is called safe once a newer one has taken over', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    await database().execute(sql`update app_secrets set last_used_at = now() - interval '1 day',
      created_at = now() - interval '9 days' where app_id = (select id from connected_apps where client_id = ${app.clientId})`)
    const safe = async () =>
      (await getApp(as(root.owner), app.id)).secrets.map((secret) => secret.isSafeToEnd)
    const { secretId } = await rotateSecret(as(root.owner), { appId: app.id })
    expect(await safe()).toEqual([false, false])
    await database().update(appSecrets).set({ lastUsedAt: sql`now()` }).where(eq(appSecrets.id, secretId))
    expect(await safe()).toEqual([false, true])
  })
})
