import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { bulkRotations } from '#db/schema/connected-apps'
import { newId } from '#lib/base/ids'
import { hashToken } from '#lib/base/secrets'
import { recordEach } from '#lib/domain/audit/record'
import { listAuthorizedApps } from '#lib/domain/authorizations/list-authorized-apps'
import { endToken } from '#lib/domain/authorizations/token-records'
import { as } from '#test/actors'
import { makeAuthorization, makeTokenFamily } from '#test/authorizations'
import { database, transaction } from '#test/database'
import { makeApp, makeBusinessGroup, makeMember, makeOrganization } from '#test/factories'
import { ALL, AUDIENCE, ask, makeRobot, withOwnApi } from '#test/own-api'
import { handleRest } from './handle-rest.ts'

withOwnApi()

describe('the audit log over the API', () => {
  it('is taken along as a file, which says at its end that it is whole, and that it was taken is on record', async () => {
    const root = await makeOrganization()
    const { app, token } = await makeRobot(root, [...ALL, 'audit:read'])
    for (const name of ['First', 'Second']) {
      const body = { name, actsAs: 'user', redirectUris: ['https://a.example.com/cb'] }
      await ask('POST', `/organizations/${root.id}/connected-apps`, { token, body })
    }
    const path = `/organizations/${root.id}/event-exports`
    const lines = async (body: object) => {
      const { status, headers, body: text } = await ask('POST', path, { token, body })
      return { status, type: headers.get('content-type'), lines: String(text).trim().split(/\r?\n/) }
    }
    const whole = await lines({ format: 'jsonl' })
    expect([whole.status, whole.type]).toEqual([200, 'application/jsonl; charset=utf-8'])
    const events = whole.lines.map((line) => JSON.parse(line))
    expect(events.at(-1)).toEqual({ 'end of export': true, events: 2 })
    expect(events.slice(0, 2).map(({ subject }) => subject.name)).toEqual(['Second', 'First'])
    const csv = await lines({ format: 'csv', search: 'First' })
    expect(csv.type).toBe('text/csv; charset=utf-8')
    expect(csv.lines).toHaveLength(3)
    const { body: log } = await ask('GET', `/organizations/${root.id}/events`, { token })
    expect(log.data.slice(0, 2)).toMatchObject([
      { name: 'audit.exported', actor: { appId: app.id } },
      { name: 'audit.exported', actor: { appId: app.id } },
    ])
    expect(await ask('POST', path, { token, body: { format: 'pdf' } })).toMatchObject({
      status: 400,
      body: { fields: { format: expect.any(String) } },
    })
    const cookie = as(root.owner)
    expect((await ask('POST', path, { cookie, body: { format: 'csv' } })).status).toBe(401)
  })
})

describe('an export that goes on', () => {
  it('breaks off, and does not only stop, once the token that asked for it ended', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root, ['audit:read'])
    await transaction((tx) =>
      recordEach(
        tx,
        as(root.owner),
        Array.from({ length: 2500 }, (_, at) => ({
          name: 'connected-app.updated' as const,
          rootOrganizationId: root.id,
          subject: { id: `${at}`, name: `Thing ${at}` },
        })),
      ),
    )
    const request = new Request(`${AUDIENCE}/organizations/${root.id}/event-exports`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ format: 'csv' }),
    })
    const response = await handleRest(request, { consoleActor: async () => null, audience: AUDIENCE })
    const reader = response.body?.getReader()
    const takes = () => reader?.read()
    await takes()
    expect(new TextDecoder().decode((await takes())?.value)).toContain('Thing')
    await endToken(hashToken(token))
    await expect(takes()).rejects.toThrow('Your session or token has ended')
  })
})

describe('a bulk rotation over the API', () => {
  it('of chosen or matching apps is shown before it is begun, by the same body [P19]', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root, [...ALL])
    const [first, second] = [
      await makeApp({ organization: root, ownerId: root.owner.id, name: 'Parcels one' }),
      await makeApp({ organization: root, ownerId: root.owner.id, name: 'Parcels two' }),
    ]
    await makeApp({ organization: root, ownerId: root.owner.id, name: 'Something else' })
    const path = `/organizations/${root.id}/bulk-rotations`
    const preview = async (body: object) => ask('PUT', `${path}/preview`, { token, body })
    const chosen = { which: 'chosen', appIds: [second.id], overlapHours: 1 }
    expect((await preview(chosen)).body).toMatchObject({ counts: { ready: 1 }, ready: [{ id: second.id }] })
    const matching = { which: 'matching', matching: { search: 'parcels' } }
    const named = (await preview(matching)).body.ready.map(({ id }: { id: string }) => id)
    expect(named).toEqual([first.id, second.id])
    expect((await preview({ which: 'chosen', appIds: [newId('app')] })).status).toBe(404)
    expect((await ask('GET', path, { token })).body.data).toEqual([])
    expect((await ask('POST', path, { token, body: chosen })).body).toMatchObject({ apps: 1 })
  })
})

describe('settings over the API', () => {
  it('are read with what their next save begins from; rules are a person’s, and no app’s', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const scopes = ['organizations:read', 'organizations:write']
    const { token } = await makeRobot(root, scopes, [root, group])
    const { body, headers } = await ask('GET', `/organizations/${root.id}/settings`, { token })
    expect(headers.get('etag')).toBe('"1"')
    expect(body).toMatchObject({
      name: root.name,
      rules: { appCreation: expect.any(String), secretDaysMax: null, owner: { id: root.owner.id } },
    })
    expect((await ask('GET', `/organizations/${group.id}/settings`, { token })).body.rules).toBeNull()
    const save = (body: object) =>
      ask('PATCH', `/organizations/${root.id}`, { token, body, headers: { 'If-Match': '"1"' } })
    expect((await save({ secretDaysMax: 90 })).status).toBe(403)
    expect((await save({ website: 'https://north.example.com' })).status).toBe(200)
  })
})

describe('one token family over the API', () => {
  it('ends, and the authorization stands', async () => {
    const root = await makeOrganization()
    const person = await makeMember(root)
    const app = await makeApp({ organization: root })
    const authorizationId = await makeAuthorization(person, app, root)
    const families = [
      await makeTokenFamily(authorizationId, app),
      await makeTokenFamily(authorizationId, app),
    ]
    const { token } = await makeRobot(root, ['authorizations:read', 'authorizations:remove'])
    const list = async () => {
      const path = `/organizations/${root.id}/authorizations/${authorizationId}/token-families`
      const { body } = await ask('GET', path, { token })
      return body.data.map(({ familyId }: { familyId: string }) => familyId).sort()
    }
    expect(await list()).toEqual([...families].sort())
    const path = `/authorizations/${authorizationId}/token-families/${families[0]}`
    expect(await ask('DELETE', path, { token })).toMatchObject({ status: 200, body: { jwtsUntil: null } })
    expect((await ask('DELETE', path, { token })).status).toBe(404)
    expect(await list()).toEqual([families[1]])
    const { rows } = await listAuthorizedApps(as(root.owner), { rootOrganizationId: root.id })
    expect(rows).toHaveLength(1)
  })
})

describe('what is due for rotation over the API', () => {
  it('is counted, begun, and found again by whoever began it alone', async () => {
    const root = await makeOrganization()
    await makeApp({ organization: root, rotationDueSince: new Date() })
    const { token } = await makeRobot(root)
    const { token: other } = await makeRobot(root)
    const due = await ask('GET', `/organizations/${root.id}/rotation-due`, { token })
    expect(due.body).toEqual({ ready: 1, leftOut: {}, because: null })
    const path = `/organizations/${root.id}/bulk-rotations`
    const begun = await ask('POST', path, { token, body: { which: 'due', overlapHours: 24 } })
    expect(begun.status).toBe(201)
    const { bulkRotationId } = begun.body
    const ids = async (who: string) =>
      (await ask('GET', path, { token: who })).body.data.map(({ id }: { id: string }) => id)
    expect([await ids(token), await ids(other)]).toEqual([[bulkRotationId], []])
    expect((await ask('GET', path, { cookie: as(root.owner) })).body.data).toEqual([])
    expect((await ask('GET', path, { cookie: as(await makeMember(root)) })).status).toBe(403)
    await database()
      .update(bulkRotations)
      .set({ finishedAt: new Date(), handedOverAt: new Date() })
      .where(eq(bulkRotations.id, bulkRotationId))
    expect(await ids(token)).toEqual([])
  })
})
