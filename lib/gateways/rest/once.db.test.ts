import { randomUUID } from 'node:crypto'
import { and, count, eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { idempotencyKeys } from '#db/schema/api-calls'
import { appContexts, appSecrets, connectedApps } from '#db/schema/connected-apps'
import { memberships } from '#db/schema/organizations'
import { open } from '#lib/base/encryption'
import { hashToken } from '#lib/base/secrets'
import { beginOnce, onceOf } from '#lib/domain/api-calls/once'
import { rotateMany } from '#lib/domain/connected-apps/rotate-many'
import { database } from '#test/database'
import { type MadeOrganization, makeApp, makeMember, makeOrganization } from '#test/factories'
import { ALL, ask, makeRobot, makeToken, makeTokenThrough, withOwnApi } from '#test/own-api'

withOwnApi()

const draft = (name = 'Order sync') => ({ name, actsAs: 'user', redirectUris: ['https://a.example.com/cb'] })
const create = (root: MadeOrganization, token: string, key: string, body: unknown = draft()) =>
  ask('POST', `/organizations/${root.id}/connected-apps`, {
    token,
    body,
    headers: { 'Idempotency-Key': key },
  })
const appsNamed = async (root: MadeOrganization, name = 'Order sync') => {
  const [row] = await database()
    .select({ apps: count() })
    .from(connectedApps)
    .where(and(eq(connectedApps.organizationId, root.id), eq(connectedApps.name, name)))
  return row?.apps
}

describe('a request with an Idempotency-Key', () => {
  it('happens once: again, it gets the same answer and says so', async () => {
    const root = await makeOrganization()
    const { app, token } = await makeRobot(root)
    const key = randomUUID()
    const first = await create(root, token, key)
    expect(first).toMatchObject({ status: 201, body: { secret: expect.stringMatching(/^ghs_/) } })
    expect(first.headers.get('idempotency-replayed')).toBeNull()
    // With another token of the same app, and quoted as the draft has it.
    const again = await create(root, await makeToken(app, ALL), `"${key}"`)
    expect(again).toMatchObject({ status: 201, body: { ...first.body, secret: null } })
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(await appsNamed(root)).toBe(1)
  })

  it('has one effect when eight come at once', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root)
    const key = randomUUID()
    const answers = await Promise.all(Array.from({ length: 8 }, () => create(root, token, key)))
    expect(await appsNamed(root)).toBe(1)
    const made = answers.filter(({ status }) => status === 201)
    expect(made.length).toBeGreaterThan(0)
    expect(new Set(made.map(({ body }) => body.appId)).size).toBe(1)
    expect(made.filter(({ body }) => body.secret !== null)).toHaveLength(1)
    const waiting = answers.filter(({ status }) => status !== 201)
    for (const { status, headers } of waiting)
      expect([status, headers.get('retry-after')]).toEqual([409, '1'])
  })

  it('refuses the key for another request, and lets another caller have the same key', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root)
    const key = randomUUID()
    await create(root, token, key)
    expect((await create(root, token, key, draft('Other'))).status).toBe(422)
    expect(await appsNamed(root, 'Other')).toBe(0)
    const { token: other } = await makeRobot(root)
    expect((await create(root, other, key, draft('Third'))).status).toBe(201)
  })

  it('gives the key back when it was refused: mended, it may come again', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root)
    const key = randomUUID()
    expect((await create(root, token, key, { ...draft(), actsAs: 'nobody' })).status).toBe(400)
    expect((await create(root, token, key)).status).toBe(201)
  })

  it('is never done again when it was interrupted', async () => {
    const root = await makeOrganization()
    const { app, token } = await makeRobot(root)
    const key = randomUUID()
    const body = JSON.stringify(draft())
    const request = `POST /api/v1/organizations/${root.id}/connected-apps ${body}`
    const once = onceOf(app.id, key, request)
    expect(await beginOnce(once)).toEqual({ is: 'first' })
    expect((await create(root, token, key)).headers.get('retry-after')).toBe('1')
    await database()
      .update(idempotencyKeys)
      .set({ createdAt: sql`now() - interval '2 minutes'` })
      .where(eq(idempotencyKeys.keyHash, once.keyHash))
    const answer = await create(root, token, key)
    expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('interrupted') } })
    expect(await appsNamed(root)).toBe(0)
  })

  it('is forgotten after a day', async () => {
    const root = await makeOrganization()
    const { app, token } = await makeRobot(root)
    const key = randomUUID()
    await create(root, token, key)
    await database()
      .update(idempotencyKeys)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(idempotencyKeys.keyHash, hashToken(JSON.stringify([app.id, key]))))
    expect((await create(root, token, key, draft('Next day'))).status).toBe(201)
  })

  it('keeps the answer sealed and without its secret, and shows it to nobody who lost the right [P133]', async () => {
    const root = await makeOrganization()
    const { app: robot, token } = await makeRobot(root)
    const app = await makeApp({ organization: root })
    const headers = { 'Idempotency-Key': randomUUID() }
    const rotate = () => ask('POST', `/connected-apps/${app.id}/secrets`, { token, body: {}, headers })
    const { body } = await rotate()
    const once = onceOf(robot.id, headers['Idempotency-Key'], 'whatever')
    const [kept] = await database()
      .select()
      .from(idempotencyKeys)
      .where(eq(idempotencyKeys.keyHash, once.keyHash))
    const sealed = kept?.sealedAnswer ?? Buffer.alloc(0)
    expect(sealed.includes(body.secretId)).toBe(false)
    const opened = open(sealed, `answer ${once.keyHash.toString('hex')}`).toString()
    expect(opened).toContain(body.secretId)
    expect(opened).not.toContain(body.secret)
    expect((await rotate()).body).toEqual({ ...body, secret: null })
    const [secrets] = await database()
      .select({ is: count() })
      .from(appSecrets)
      .where(eq(appSecrets.appId, app.id))
    expect(secrets?.is).toBe(2)
    await database().delete(appContexts).where(eq(appContexts.appId, robot.id))
    expect((await rotate()).status).toBe(404)
  })

  it('has no part in handing over the secrets of a bulk rotation: nothing is kept, and the second request gets none [P133]', async () => {
    const root = await makeOrganization()
    const { app: robot, token } = await makeRobot(root)
    await makeApp({ organization: root, rotationDueSince: new Date() })
    const begun = await ask('POST', `/organizations/${root.id}/bulk-rotations`, {
      token,
      body: { which: 'due' },
    })
    const { bulkRotationId } = begun.body
    await rotateMany({ bulkRotationId })
    const key = randomUUID()
    const headers = { 'Idempotency-Key': key }
    const take = () => ask('POST', `/bulk-rotations/${bulkRotationId}/handover`, { token, headers })
    const [first, second] = [await take(), await take()]
    expect(first).toMatchObject({
      status: 200,
      body: { secrets: [{ secret: expect.stringMatching(/^ghs_/) }], leftOut: [] },
    })
    expect(second.status).toBe(410)
    const kept = await database()
      .select()
      .from(idempotencyKeys)
      .where(eq(idempotencyKeys.keyHash, onceOf(robot.id, key, 'whatever').keyHash))
    expect(kept).toEqual([])
  })

  it('shows a kept answer to no person who may no longer do it, whatever the token holds [P4] [P87]', async () => {
    const root = await makeOrganization()
    const helper = await makeApp({ organization: root, scopes: [...ALL] })
    const ana = await makeMember(root, 'administrator')
    const app = await makeApp({ organization: root })
    const token = await makeTokenThrough(ana, helper, root)
    const headers = { 'Idempotency-Key': randomUUID() }
    const rotate = () => ask('POST', `/connected-apps/${app.id}/secrets`, { token, body: {}, headers })
    const { body } = await rotate()
    expect((await rotate()).body).toEqual({ ...body, secret: null })
    // Who governs somewhere hears that it is not there, anybody else that it is not for them.
    for (const [role, status] of [
      ['developer', 404],
      ['member', 403],
    ] as const) {
      await database().update(memberships).set({ role }).where(eq(memberships.userId, ana.id))
      const refused = await rotate()
      expect(refused.status).toBe(status)
      expect(JSON.stringify(refused.body)).not.toContain(body.secretId)
      expect(refused.headers.get('idempotency-replayed')).toBeNull()
    }
  })

  it('takes no key that is no word', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root)
    for (const key of ['two words', 'x'.repeat(256), '""']) {
      expect((await create(root, token, key)).status).toBe(400)
    }
  })
})
