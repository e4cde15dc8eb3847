import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { events } from '#db/schema/audit'
import { as, asApp } from '#test/actors'
import { type MadeOrganization, type MadeUser, makeApp, makeMember, makeOrganization } from '#test/factories'
import { getVerdict } from '../authorizations/get-verdict.ts'
import { addToGroup } from '../people/add-to-group.ts'
import { createGroup } from '../people/create-group.ts'
import { addEntry } from './add-entry.ts'
import { changeRequestRules } from './change-request-rules.ts'
import { draftRequest } from './draft-request.ts'
import { getRequestRules } from './get-request-rules.ts'
import { requestApproval } from './request-approval.ts'
import { restrict } from './restrict.ts'

let here: MadeOrganization
let member: MadeUser

beforeEach(async () => {
  here = await makeOrganization()
  member = await makeMember(here)
  await restrict(as(here.owner), { rootOrganizationId: here.id })
})

const change = (rules: { grantsApprovedOnly?: boolean; tellsOfRequests?: boolean }, person = here.owner) =>
  changeRequestRules(as(person), { rootOrganizationId: here.id, ...rules })
const recorded = async () => {
  const rows = await database()
    .select()
    .from(events)
    .where(and(eq(events.rootOrganizationId, here.id), eq(events.name, 'allowlist.request-rules-changed')))
    .orderBy(events.id)
  return rows.map(({ details }) => details)
}
async function ask(...scopes: string[]) {
  const organization = await makeOrganization()
  const app = await makeApp({ organization, audience: 'everyone', scopes: ['openid', 'profile', 'email'] })
  const wish = { rootOrganizationId: here.id, appId: app.id, scopes }
  const { requestId } = await draftRequest(as(member), wish)
  await requestApproval(as(member), { requestId })
  return { app, wish }
}

describe('the rules of requests', () => {
  it('are off and on at first, and each change is recorded with what it was; the same again is none [P59]', async () => {
    expect(await getRequestRules(as(here.owner), here.id)).toMatchObject({
      grantsApprovedOnly: false,
      tellsOfRequests: true,
      answerers: 1,
    })
    await change({ grantsApprovedOnly: true })
    await change({ grantsApprovedOnly: true, tellsOfRequests: true })
    await change({ tellsOfRequests: false })
    expect(await recorded()).toEqual([
      { changed: { grantsApprovedOnly: { before: false, after: true } } },
      { changed: { tellsOfRequests: { before: true, after: false } } },
    ])
    expect(await getRequestRules(as(here.owner), here.id)).toMatchObject({
      grantsApprovedOnly: true,
      tellsOfRequests: false,
    })
  })

  it('say how many of those who wait could go on with a part, and let them', async () => {
    const { app, wish } = await ask('openid', 'profile')
    await ask('openid')
    await addEntry(as(here.owner), {
      rootOrganizationId: here.id,
      clientId: app.clientId,
      scopes: ['openid'],
    })
    expect(await getRequestRules(as(here.owner), here.id)).toMatchObject({ waiting: 2, partlyApproved: 1 })
    const verdict = () => getVerdict({ ...wish, userId: member.id, address: null })
    expect(await verdict()).toMatchObject({ kind: 'approval-needed', missing: ['profile'] })
    await change({ grantsApprovedOnly: true })
    expect(await verdict()).toMatchObject({ kind: 'consent', scopes: ['openid'], withheld: ['profile'] })
  })

  it('count nothing as approved in part that is for a group without somebody who asks', async () => {
    const { app } = await ask('openid', 'profile')
    const root = { rootOrganizationId: here.id }
    const { groupId } = await createGroup(as(here.owner), { ...root, name: 'Finance' })
    const openid = { ...root, clientId: app.clientId, scopes: ['openid'], groupId }
    await addEntry(as(here.owner), openid)
    const partly = async () => (await getRequestRules(as(here.owner), here.id)).partlyApproved
    expect(await partly()).toBe(0)
    await addToGroup(as(here.owner), { groupId, userIds: [member.id] })
    expect(await partly()).toBe(1)
  })

  it('are refused to whoever is no administrator of the root organization', async () => {
    const stranger = (await makeOrganization()).owner
    await expect(change({ tellsOfRequests: false }, member)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(change({ tellsOfRequests: false }, stranger)).rejects.toMatchObject({ code: 'not-found' })
    await expect(getRequestRules(as(member), here.id)).rejects.toMatchObject({ code: 'forbidden' })
    const robot = await makeApp({ organization: here, actsAs: 'itself', scopes: ['profile'] })
    const input = { rootOrganizationId: here.id, grantsApprovedOnly: true }
    await expect(changeRequestRules(asApp(robot, ['allowlist:read'], here), input)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})
