import { describe, expect, it } from 'vitest'
import { as } from '#test/actors'
import { makeAuthorization } from '#test/authorizations'
import { makeApp, makeMember, makeOrganization } from '#test/factories'
import { addEntry } from './add-entry.ts'
import { draftRequest } from './draft-request.ts'
import { getListableApp } from './get-listable-app.ts'
import { removeEntry } from './remove-entry.ts'
import { requestApproval } from './request-approval.ts'
import { restrict } from './restrict.ts'

async function makeMeeting() {
  const [here, elsewhere] = [await makeOrganization(), await makeOrganization()]
  const scopes = ['openid', 'profile', 'email']
  const app = await makeApp({ organization: elsewhere, audience: 'everyone', scopes })
  return { here, elsewhere, app, root: { rootOrganizationId: here.id } }
}

describe('getListableApp', () => {
  it('shows what an app asks for, and what its entry holds already', async () => {
    const { here, app, root } = await makeMeeting()
    const find = () => getListableApp(as(here.owner), { ...root, clientId: ` ${app.clientId} ` })
    expect(await find()).toMatchObject({ id: app.id, name: app.name, entryScopes: null, isBlocked: false })
    expect((await find()).scopes.map((scope) => scope.name).sort()).toEqual(['email', 'openid', 'profile'])
    await addEntry(as(here.owner), { ...root, clientId: app.clientId, scopes: ['openid'] })
    expect((await find()).entryScopes).toEqual(['openid'])
  })

  it('says how many use it already: whoever gives its entry an end gives it to them [AM-35]', async () => {
    const { here, app, root } = await makeMeeting()
    const people = async () =>
      (await getListableApp(as(here.owner), { ...root, clientId: app.clientId })).people
    expect(await people()).toBe(0)
    for (const scopes of [['openid'], ['openid', 'email']])
      await makeAuthorization(await makeMember(here), app, here, scopes)
    expect(await people()).toBe(2)
    await restrict(as(here.owner), root)
    await removeEntry(as(here.owner), { ...root, appId: app.id })
    expect(await people()).toBe(2)
  })

  it('says what the people who wait for it asked for, and nothing of who was merely stopped', async () => {
    const { here, app, root } = await makeMeeting()
    await restrict(as(here.owner), root)
    const member = await makeMember(here)
    const drafted = async (scopes: string[]) =>
      (await draftRequest(as(member), { ...root, appId: app.id, scopes })).requestId
    await requestApproval(as(member), { requestId: await drafted(['openid', 'email']) })
    await requestApproval(as(member), { requestId: await drafted(['openid']) })
    await drafted(['profile'])
    const found = await getListableApp(as(here.owner), { ...root, clientId: app.clientId })
    expect(found.asked).toEqual(['email', 'openid'])
  })

  it('refuses an app that is not open here like one that does not exist', async () => {
    const { here, elsewhere, root } = await makeMeeting()
    const closed = await makeApp({ organization: elsewhere, audience: 'internal' })
    const refusal = { code: 'not-found', fields: { clientId: expect.any(String) } }
    for (const clientId of [closed.clientId, 'nobody-has-this'])
      await expect(getListableApp(as(here.owner), { ...root, clientId })).rejects.toMatchObject(refusal)
  })

  it('refuses whoever does not govern the allowlist [P59]', async () => {
    const { here, elsewhere, app, root } = await makeMeeting()
    const asked = { ...root, clientId: app.clientId }
    const member = await makeMember(here)
    await expect(getListableApp(as(member), asked)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(getListableApp(as(elsewhere.owner), asked)).rejects.toMatchObject({ code: 'not-found' })
  })
})
