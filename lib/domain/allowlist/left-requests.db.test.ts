import { and, eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { approvalRequests } from '#db/schema/allowlist'
import { events } from '#db/schema/audit'
import { users } from '#db/schema/users'
import type { Id } from '#lib/base/ids'
import { as } from '#test/actors'
import {
  type MadeApp,
  type MadeOrganization,
  type MadeUser,
  makeApp,
  makeMember,
  makeOrganization,
} from '#test/factories'
import { mailsTo } from '#test/outbox'
import { removeMember } from '../offboarding/remove-member.ts'
import { addToGroup } from '../people/add-to-group.ts'
import { createGroup } from '../people/create-group.ts'
import { addEntry } from './add-entry.ts'
import { answerListedRequests } from './answer-listed-requests.ts'
import { approveRequest } from './approve-request.ts'
import { draftRequest } from './draft-request.ts'
import { endLeftRequests } from './end-left-requests.ts'
import { getApprovalRequest } from './get-approval-request.ts'
import { getOwnRequest } from './get-own-request.ts'
import { listRequests } from './list-requests.ts'
import { remindOfRequests } from './remind-of-requests.ts'
import { requestApproval } from './request-approval.ts'
import { restrict } from './restrict.ts'
import { tellOfRequests } from './tell-of-requests.ts'
import { withdrawRequest } from './withdraw-request.ts'

/* People who asked for an app, and have left since. */

let here: MadeOrganization
let elsewhere: MadeOrganization
let app: MadeApp
let ann: MadeUser
let bob: MadeUser
let root: { rootOrganizationId: MadeOrganization['id'] }

beforeEach(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
  app = await makeApp({ organization: elsewhere, audience: 'everyone', scopes: ['openid', 'email'] })
  ann = await makeMember(here)
  bob = await makeMember(here)
  root = { rootOrganizationId: here.id }
  await restrict(as(here.owner), root)
})

async function ask(...people: MadeUser[]) {
  const [first = ann] = people
  const { requestId } = await draftRequest(as(first), { ...root, appId: app.id, scopes: ['openid'] })
  for (const person of people) await requestApproval(as(person), { requestId, reason: `For ${person.id}` })
  return requestId
}
const leave = (person: MadeUser) =>
  removeMember(as(here.owner), { userId: person.id, organizationId: here.id })
const listed = async (state: 'waiting' | 'answered') =>
  (await listRequests(as(here.owner), { ...root, state })).rows
const page = (requestId: Id<'approvalRequest'>) => getApprovalRequest(as(here.owner), requestId)
const recorded = (name: string) =>
  database()
    .select({ details: events.details, actor: events.actorName })
    .from(events)
    .where(and(eq(events.rootOrganizationId, here.id), eq(events.name, name)))
const listFor = async (...people: MadeUser[]) => {
  const { groupId } = await createGroup(as(here.owner), { ...root, name: 'Finance' })
  await addToGroup(as(here.owner), { groupId, userIds: people.map(({ id }) => id) })
  await addEntry(as(here.owner), { ...root, clientId: app.clientId, scopes: ['email'], groupId })
}

describe('whoever left', () => {
  it('stands in nobody’s way: they are outside no group, and what others ask is approved', async () => {
    await listFor(ann, bob)
    const requestId = await ask(ann, bob)
    await leave(bob)
    expect((await page(requestId)).entry).toMatchObject({ outsiders: 0 })
    await approveRequest(as(here.owner), { requestId })
    expect(await recorded('allowlist.request-approved')).toHaveLength(1)
    expect((await mailsTo(ann.email)).map(({ kind }) => kind)).toEqual(['request-approved'])
    expect(await mailsTo(bob.email)).toEqual([])
  })

  it('is waited for by no clock, either: what all the others may use by now is answered', async () => {
    await listFor(ann)
    await addEntry(as(here.owner), { ...root, clientId: app.clientId })
    const requestId = await ask(ann, bob)
    await answerListedRequests()
    expect((await page(requestId)).state).toBe('open')
    await leave(bob)
    await answerListedRequests()
    expect((await page(requestId)).state).toBe('approved')
  })

  it('is counted and named no more, to those who answer and to those who wait, until it is over', async () => {
    const requestId = await ask(bob, ann)
    await leave(bob)
    expect(await listed('waiting')).toMatchObject([{ requesters: 1 }])
    const { requesters, requestersCount } = await page(requestId)
    expect([requestersCount, requesters.map(({ userId }) => userId)]).toEqual([1, [ann.id]])
    expect((await getOwnRequest(as(ann), requestId)).othersWaiting).toBe(0)
    await tellOfRequests(root)
    const [mail] = await mailsTo(here.owner.email)
    expect(mail?.text).toContain('one person waits')
    expect(mail?.text).not.toContain(`For ${bob.id}`)
    await approveRequest(as(here.owner), { requestId })
    expect(await listed('answered')).toMatchObject([{ requesters: 2 }])
  })

  it('does not keep a request waiting that the last of the others withdraws', async () => {
    const requestId = await ask(ann, bob)
    await leave(bob)
    await withdrawRequest(as(ann), { requestId })
    expect((await page(requestId)).state).toBe('withdrawn')
  })
})

describe('a request that everybody has left', () => {
  it('is told to nobody, and withdrawn by the clock, once; one that somebody waits for stays', async () => {
    const requestId = await ask(bob)
    await database().update(users).set({ deactivatedAt: sql`now()` }).where(eq(users.id, bob.id))
    await tellOfRequests(root)
    await database()
      .update(approvalRequests)
      .set({ requestedAt: sql`now() - interval '4 days'` })
      .where(eq(approvalRequests.id, requestId))
    await remindOfRequests()
    expect(await mailsTo(here.owner.email)).toEqual([])
    const { requestId: other } = await draftRequest(as(ann), { ...root, appId: app.id, scopes: ['email'] })
    await requestApproval(as(ann), { requestId: other })
    await Promise.all([endLeftRequests(), endLeftRequests()])
    expect((await page(requestId)).state).toBe('withdrawn')
    expect(await recorded('allowlist.request-left')).toEqual([
      { actor: 'scheduler', details: { requestId, scopes: ['openid'] } },
    ])
    expect(await listed('waiting')).toMatchObject([{ requestId: other }])
    expect(await ask(ann)).not.toBe(requestId)
  })

  it('goes on for whoever joins while the clock looks, or tells them that it is over; never half of both', async () => {
    await Promise.all(
      Array.from({ length: 12 }, async (_, at) => {
        const other = await makeApp({ organization: elsewhere, audience: 'everyone', scopes: ['openid'] })
        const asked = { ...root, appId: other.id, scopes: ['openid'] }
        const [first, second] = [await makeMember(here), await makeMember(here)]
        const { requestId } = await draftRequest(as(first), asked)
        await requestApproval(as(first), { requestId })
        await leave(first)
        const joining = () => requestApproval(as(second), { requestId })
        const [joined] = await Promise.allSettled(
          at % 2 ? [joining(), endLeftRequests()] : [endLeftRequests().then(joining), endLeftRequests()],
        )
        expect((await page(requestId)).state).toBe(joined?.status === 'fulfilled' ? 'open' : 'withdrawn')
      }),
    )
  })
})
