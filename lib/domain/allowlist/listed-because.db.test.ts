import { and, eq } from 'drizzle-orm'
import { beforeEach, expect, it } from 'vitest'
import { database } from '#db/client'
import { events } from '#db/schema/audit'
import { as } from '#test/actors'
import {
  type MadeApp,
  type MadeOrganization,
  type MadeUser,
  makeApp,
  makeMember,
  makeOrganization,
} from '#test/factories'
import { addToGroup } from '../people/add-to-group.ts'
import { createGroup } from '../people/create-group.ts'
import { addEntry } from './add-entry.ts'
import { approveRequest } from './approve-request.ts'
import { draftRequest } from './draft-request.ts'
import { getApprovalRequest } from './get-approval-request.ts'
import { limitEntry } from './limit-entry.ts'
import { requestApproval } from './request-approval.ts'
import { restrict } from './restrict.ts'

let here: MadeOrganization
let app: MadeApp
let [member, other]: MadeUser[] = []
let root: { rootOrganizationId: MadeOrganization['id'] }

beforeEach(async () => {
  here = await makeOrganization()
  app = await makeApp({
    organization: await makeOrganization(),
    audience: 'everyone',
    scopes: ['email', 'openid', 'profile'],
  })
  member = await makeMember(here)
  other = await makeMember(here)
  root = { rootOrganizationId: here.id }
  await restrict(as(here.owner), root)
})

async function ask(person: MadeUser | undefined, ...scopes: string[]) {
  if (!person) throw new Error('Nobody asks.')
  const { requestId } = await draftRequest(as(person), { ...root, appId: app.id, scopes })
  await requestApproval(as(person), { requestId })
  return requestId
}

const allowlist = (...scopes: string[]) =>
  addEntry(as(here.owner), { ...root, clientId: app.clientId, scopes })
const answerTo = async (requestId: Awaited<ReturnType<typeof ask>>) =>
  (await getApprovalRequest(as(here.owner), requestId)).answer
const recorded = (name: string) =>
  database()
    .select({ by: events.actorUserId, appId: events.appId, details: events.details })
    .from(events)
    .where(and(eq(events.rootOrganizationId, here.id), eq(events.name, name)))
    .orderBy(events.id)

it('an entry that is added, or grows, says of each request that it answers which, and by whom', async () => {
  const [alone, both] = [await ask(member, 'openid'), await ask(member, 'email', 'openid')]
  const others = await ask(other, 'email')
  await allowlist('openid')
  const saying = { by: here.owner.id, appId: app.id }
  const first = { ...saying, details: { requestId: alone, asked: ['openid'], because: 'entry-added' } }
  expect(await recorded('allowlist.request-listed')).toEqual([first])
  await allowlist('email')
  const widened = (requestId: typeof both, ...asked: string[]) => ({
    ...saying,
    details: { requestId, asked, because: 'entry-widened' },
  })
  const all = await recorded('allowlist.request-listed')
  expect(all).toHaveLength(3)
  expect(all).toEqual(
    expect.arrayContaining([first, widened(both, 'email', 'openid'), widened(others, 'email')]),
  )
  expect([await answerTo(alone), await answerTo(both)]).toMatchObject([
    { by: here.owner.fullName, because: 'entry-added' },
    { by: here.owner.fullName, because: 'entry-widened' },
  ])
})

it('a request that is approved says so once, and the others that its entry answers say that it grew', async () => {
  const [wide, narrow] = [await ask(member, 'email', 'openid'), await ask(other, 'email')]
  const waiting = await ask(other, 'profile')
  await approveRequest(as(here.owner), { requestId: wide })
  expect(await recorded('allowlist.request-listed')).toMatchObject([
    { details: { requestId: narrow, because: 'entry-added' } },
  ])
  expect(await recorded('allowlist.request-approved')).toMatchObject([{ details: { requestId: wide } }])
  expect([await answerTo(wide), await answerTo(narrow), await answerTo(waiting)]).toMatchObject([
    { because: null },
    { because: 'entry-added' },
    null,
  ])
})

it('a request says where the entry came to be for those who ask, or they came into its group', async () => {
  const { groupId } = await createGroup(as(here.owner), { ...root, name: 'Finance' })
  await addEntry(as(here.owner), { ...root, clientId: app.clientId, scopes: ['openid', 'email'], groupId })
  const joined = await ask(member, 'openid')
  const outside = await ask(other, 'email')
  await addToGroup(as(here.owner), { groupId, userIds: member ? [member.id] : [] })
  await allowlist('openid')
  expect(await answerTo(joined)).toMatchObject({ because: 'covered' })
  await limitEntry(as(here.owner), { ...root, appId: app.id, version: 1, groupId: null })
  expect(await answerTo(outside)).toMatchObject({ because: 'entry-limited' })
  expect(await recorded('allowlist.request-listed')).toMatchObject([
    { details: { requestId: joined, because: 'covered' } },
    { details: { requestId: outside, because: 'entry-limited' } },
  ])
})
