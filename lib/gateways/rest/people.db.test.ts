import { describe, expect, it } from 'vitest'
import { readEnvironment, setEnvironment } from '#lib/base/env'
import { newId } from '#lib/base/ids'
import { settleHome } from '#lib/domain/users/settle-home'
import { as } from '#test/actors'
import { database } from '#test/database'
import { makeApp, makeBusinessGroup, makeMember, makeOrganization } from '#test/factories'
import { tokenSentTo } from '#test/outbox'
import { ask, makeRobot, makeTokenThrough, withOwnApi } from '#test/own-api'

withOwnApi()
setEnvironment(readEnvironment({}))

const SCOPES = ['people:read', 'people:write', 'organizations:read']

describe('people over the API', () => {
  it('are listed, added, given another role and removed by the very verbs of the console [P9 P10]', async () => {
    const root = await makeOrganization()
    const sales = await makeBusinessGroup(root)
    const ana = await makeMember(root)
    const { token } = await makeRobot(root, SCOPES, [root, sales])
    const members = `/organizations/${sales.id}/members`
    const body = { login: ana.username, role: 'developer', appsMax: 2 }
    const added = await ask('POST', members, { token, body })
    expect(added).toMatchObject({ status: 201, body: { userId: ana.id } })
    const app = await makeApp({ organization: sales, ownerId: ana.id })
    const listed = await ask('GET', `${members}?role=developer&search=${ana.username}`, { token })
    expect(listed.body).toMatchObject({ data: [{ id: ana.id, appsOwned: 1 }], total: 1, next: null })
    const one = `${members}/${ana.id}`
    expect((await ask('GET', one, { token })).body).toMatchObject({ places: [{ appsMax: 2, appsOwned: 1 }] })
    expect((await ask('GET', `${one}/role-change?role=member`, { token })).body).toMatchObject({
      apps: { total: 1, named: [{ id: app.id }], newOwner: root.owner.fullName },
    })
    expect(await ask('PATCH', one, { token, body: { role: 'administrator', appsMax: 3 } })).toMatchObject({
      status: 400,
      body: { fields: { appsMax: 'Only developers have a quota.' } },
    })
    expect((await ask('PATCH', one, { token, body: { role: 'member' } })).body).toEqual({ movedApps: 1 })
    expect((await ask('GET', `${one}/removal`, { token })).body).toMatchObject({
      places: [{ role: 'member' }],
    })
    expect((await ask('DELETE', one, { token })).body).toEqual({ movedApps: 0 })
    expect((await ask('GET', one, { token })).status).toBe(404)
  })

  it('have accounts that are rested and signed out by scripts of their home, and deleted only by those meant to [P128]', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root)
    await database().transaction((tx) => settleHome(tx, ana.id, root.id))
    const { token } = await makeRobot(root, SCOPES)
    const account = `/users/${ana.id}`
    expect((await ask('PUT', `${account}/deactivated`, { token })).status).toBe(204)
    expect((await ask('DELETE', `${account}/deactivated`, { token })).status).toBe(204)
    expect((await ask('DELETE', `${account}/sessions`, { token })).body).toEqual({ ended: 0 })
    expect((await ask('GET', `${account}/deletion`, { token })).status).toBe(403)
    expect((await ask('GET', `${account}/deletion`, { cookie: as(root.owner) })).status).toBe(200)
    const named = `${account}?confirmation=${ana.username}`
    expect((await ask('DELETE', named, { token })).status).toBe(403)
    const meant = (await makeRobot(root, ['people:delete'])).token
    expect((await ask('GET', `${account}/deletion`, { token: meant })).status).toBe(200)
    expect(await ask('DELETE', account, { token: meant })).toMatchObject({
      status: 400,
      body: { fields: { confirmation: `Type ${ana.username} to delete the account.` } },
    })
    const elsewhere = await makeRobot(await makeOrganization(), SCOPES)
    for (const id of [ana.id, newId('user')])
      expect((await ask('PUT', `/users/${id}/deactivated`, { token: elsewhere.token })).status).toBe(404)
    expect((await ask('DELETE', named, { token: meant })).body).toEqual({ movedApps: 0 })
    expect((await ask('DELETE', named, { token: meant })).status).toBe(404)
  })

  it('hand their organization on through an app that may, by its name [P15] [AM-5]', async () => {
    const root = await makeOrganization({ name: 'Acme' })
    const next = await makeMember(root, 'administrator')
    const owner = `/organizations/${root.id}/owner`
    const body = { newOwnerId: next.id, confirmation: 'Acme' }
    const robot = await makeRobot(root, ['organizations:transfer', 'organizations:write'])
    expect((await ask('PUT', owner, { token: robot.token, body })).status).toBe(403)
    expect((await ask('PUT', owner, { cookie: as(root.owner), body })).status).toBe(401)
    const scopes = ['organizations:read', 'organizations:transfer']
    const app = await makeApp({ organization: root, scopes })
    const token = await makeTokenThrough(root.owner, app, root, scopes)
    const unnamed = { newOwnerId: next.id, confirmation: '' }
    expect((await ask('PUT', owner, { token, body: unnamed })).status).toBe(400)
    expect((await ask('PUT', owner, { token, body })).status).toBe(204)
    // Whoever handed it on owns it no more, and cannot take it back.
    expect((await ask('PUT', owner, { token, body })).status).toBe(403)
  })

  it('are invited, and no link is answered', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root, SCOPES)
    const email = `script-${newId('user').slice(-12)}@example.com`
    const path = `/organizations/${root.id}/invitations`
    const sent = await ask('POST', path, { token, body: { emails: [email], role: 'member' } })
    expect(sent.status).toBe(201)
    const link = await tokenSentTo(email, 'invitation')
    const { invitationId } = sent.body.sent[0]
    const again = await ask('POST', `/invitations/${invitationId}/mails`, { token })
    expect(again.status).toBe(201)
    const listed = await ask('GET', path, { token })
    expect(listed.body).toMatchObject({ data: [{ id: invitationId, email, sender: null, state: 'open' }] })
    for (const { body } of [sent, again, listed]) expect(JSON.stringify(body)).not.toContain(link)
    expect((await ask('DELETE', `/invitations/${invitationId}`, { token })).status).toBe(204)
    expect((await ask('GET', path, { token })).body).toMatchObject({ data: [], total: 0 })
  })

  it('are put into groups, and a group is never saved over somebody’s newer save', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root)
    const { token } = await makeRobot(root, SCOPES)
    const made = await ask('POST', `/organizations/${root.id}/groups`, { token, body: { name: 'Buyers' } })
    expect(made.status).toBe(201)
    const path = `/groups/${made.body.groupId}`
    expect((await ask('PUT', `${path}/people/${ana.id}`, { token })).status).toBe(204)
    const read = await ask('GET', path, { token })
    expect(read.body).toMatchObject({ name: 'Buyers', people: 1 })
    const etag = read.headers.get('etag') ?? ''
    const change = { token, body: { description: 'Who buys.' }, headers: { 'If-Match': etag } }
    expect((await ask('PATCH', path, change)).status).toBe(200)
    expect((await ask('PATCH', path, change)).status).toBe(412)
    expect((await ask('PATCH', path, { token, body: { name: 'Others' } })).status).toBe(428)
    expect((await ask('GET', `${path}/people`, { token })).body).toMatchObject({ data: [{ id: ana.id }] })
    expect((await ask('DELETE', `${path}/people/${ana.id}`, { token })).status).toBe(204)
    expect((await ask('DELETE', path, { token })).status).toBe(204)
    expect((await ask('GET', path, { token })).status).toBe(404)
  })
})
