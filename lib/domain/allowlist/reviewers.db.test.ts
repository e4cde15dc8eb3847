import { and, eq, like } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { events } from '#db/schema/audit'
import { memberships } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import type { Id } from '#lib/base/ids'
import { as, asThrough } from '#test/actors'
import {
  type MadeApp,
  type MadeOrganization,
  type MadeUser,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeMembership,
  makeOrganization,
} from '#test/factories'
import { mailsTo } from '#test/outbox'
import { listTopics } from '../audit/list-topics.ts'
import { blockApp } from '../installations/block-app.ts'
import { createGroup } from '../people/create-group.ts'
import { addEntry } from './add-entry.ts'
import { approveRequest } from './approve-request.ts'
import { changeRequestRules } from './change-request-rules.ts'
import { declineRequest } from './decline-request.ts'
import { draftRequest } from './draft-request.ts'
import { endReviewer } from './end-reviewer.ts'
import { getApprovalRequest } from './get-approval-request.ts'
import { getInbox } from './get-inbox.ts'
import { getPolicy } from './get-policy.ts'
import { listEntries } from './list-entries.ts'
import { listPossibleReviewers } from './list-possible-reviewers.ts'
import { listRequests } from './list-requests.ts'
import { listReviewers } from './list-reviewers.ts'
import { nameReviewer } from './name-reviewer.ts'
import { reopenRequest } from './reopen-request.ts'
import { requestApproval } from './request-approval.ts'
import { restrict } from './restrict.ts'
import { tellOfRequests } from './tell-of-requests.ts'

let here: MadeOrganization
let sales: MadeOrganization
let app: MadeApp
let member: MadeUser
let reviewer: MadeUser

beforeEach(async () => {
  here = await makeOrganization()
  sales = await makeBusinessGroup(here)
  const organization = await makeOrganization()
  app = await makeApp({ organization, audience: 'everyone', scopes: ['openid', 'profile', 'email'] })
  member = await makeMember(here)
  reviewer = await groupAdministrator()
  await restrict(as(here.owner), { rootOrganizationId: here.id })
})

async function groupAdministrator(): Promise<MadeUser> {
  const person = await makeMember(here)
  await makeMembership(sales, person.id, 'administrator')
  return person
}
const root = () => ({ rootOrganizationId: here.id })
const name = (person = reviewer, by = here.owner) => nameReviewer(as(by), { ...root(), userId: person.id })
const end = (person = reviewer, by = here.owner) => endReviewer(as(by), { ...root(), userId: person.id })
async function ask(...scopes: string[]): Promise<Id<'approvalRequest'>> {
  const wish = { ...root(), appId: app.id, scopes: scopes.length > 0 ? scopes : ['openid'] }
  const { requestId } = await draftRequest(as(member), wish)
  await requestApproval(as(member), { requestId })
  return requestId
}
const possible = async (search?: string) =>
  (await listPossibleReviewers(as(here.owner), { ...root(), search })).map(({ id }) => id)
const recorded = async () => {
  const rows = await database()
    .select()
    .from(events)
    .where(and(eq(events.rootOrganizationId, here.id), like(events.name, 'allowlist.reviewer-%')))
    .orderBy(events.id)
  return rows.map((row) => `${row.name} ${row.subjectName}`)
}

describe('a reviewer', () => {
  it('hears wherever they are in the tree that something changed, of requests as of what they administer', async () => {
    const hears = async (at: MadeOrganization) =>
      (await listTopics(as(reviewer), at.id)).topics.has('allowlist')
    expect(await hears(sales)).toBe(false)
    await name()
    expect([await hears(sales), await hears(here)]).toEqual([true, true])
    await end()
    expect(await hears(sales)).toBe(false)
  })

  it('is named by an administrator of the root organization, once, and it is recorded', async () => {
    await Promise.all([name(), name()])
    expect(await recorded()).toEqual([`allowlist.reviewer-named ${reviewer.fullName}`])
    expect(await listReviewers(as(here.owner), here.id)).toMatchObject([
      { id: reviewer.id, isActive: true, isDeactivated: false, namedBy: here.owner.fullName },
    ])
    expect(await possible()).toEqual([])
    await end()
    expect(await recorded()).toHaveLength(2)
    await expect(end()).rejects.toMatchObject({ code: 'not-found' })
    expect(await possible()).toEqual([reviewer.id])
  })

  it('is found by part of a name or username among however many could be named', async () => {
    for (let at = 0; at < 25; at += 1) await groupAdministrator()
    const last = await makeMember(here, 'member', { fullName: 'Zoë 100% Zimmer' })
    await makeMembership(sales, last.id, 'administrator')
    expect(await possible()).toHaveLength(20)
    expect(await possible()).not.toContain(last.id)
    expect(await possible('100% zim')).toEqual([last.id])
    expect(await possible(last.username.slice(2))).toEqual([last.id])
    await name(last)
    expect(await possible('100% zim')).toEqual([])
  })

  it('does not count while their account is deactivated, and is listed as such', async () => {
    await name()
    await database().update(users).set({ deactivatedAt: new Date() }).where(eq(users.id, reviewer.id))
    expect(await listReviewers(as(here.owner), here.id)).toMatchObject([
      { isActive: false, isDeactivated: true },
    ])
    const other = await groupAdministrator()
    expect(await possible()).toEqual([other.id])
  })

  it('sees what waits, answers it and takes a decline back [P63]', async () => {
    const requestId = await ask()
    const refused = [
      () => getInbox(as(reviewer), here.id),
      () => listRequests(as(reviewer), { ...root(), state: 'waiting' as const }),
      () => getApprovalRequest(as(reviewer), requestId),
      () => approveRequest(as(reviewer), { requestId }),
    ]
    for (const act of refused) await expect(act()).rejects.toMatchObject({ code: 'forbidden' })
    await name()
    expect(await getInbox(as(reviewer), here.id)).toEqual({ mode: 'restricted', waiting: 1 })
    expect((await listRequests(as(reviewer), { ...root(), state: 'waiting' })).rows).toHaveLength(1)
    await declineRequest(as(reviewer), { requestId, reason: 'Not yet' })
    await reopenRequest(as(reviewer), { requestId })
    const endsAt = new Date(Date.now() + 30 * 86_400_000).toISOString()
    await approveRequest(as(reviewer), { requestId, endsAt })
    expect((await getApprovalRequest(as(reviewer), requestId)).answer).toMatchObject({
      by: reviewer.fullName,
    })
  })

  it('sees and does nothing else of the policy [P59]', async () => {
    await name()
    const requestId = await ask()
    const { groupId } = await createGroup(as(here.owner), { ...root(), name: 'Finance' })
    const named = { ...root(), appId: app.id }
    const others = [
      () => getPolicy(as(reviewer), here.id),
      () => listEntries(as(reviewer), root()),
      () => listReviewers(as(reviewer), here.id),
      () => listPossibleReviewers(as(reviewer), root()),
      () => nameReviewer(as(reviewer), { ...root(), userId: member.id }),
      () => endReviewer(as(reviewer), { ...root(), userId: reviewer.id }),
      () => changeRequestRules(as(reviewer), { ...root(), grantsApprovedOnly: true }),
      () => addEntry(as(reviewer), { ...root(), clientId: app.clientId }),
      () => blockApp(as(reviewer), named),
      () => approveRequest(as(reviewer), { requestId, groupId }),
      () => approveRequest(as(reviewer), { requestId, openToEveryone: true }),
      () => approveRequest(as(reviewer), { requestId, alsoUnblock: true }),
    ]
    for (const act of others) await expect(act()).rejects.toMatchObject({ code: 'forbidden' })
    expect((await getApprovalRequest(as(reviewer), requestId)).state).toBe('open')
  })

  it('approves no blocked app, and is told who has to unblock it', async () => {
    await name()
    const requestId = await ask()
    await blockApp(as(here.owner), { ...root(), appId: app.id })
    await expect(approveRequest(as(reviewer), { requestId })).rejects.toMatchObject({
      code: 'conflict',
      sentence: expect.stringContaining('An administrator of the organization has to unblock it first'),
    })
  })

  it('is none any more once they administer no business group, and again when they do', async () => {
    await name()
    const requestId = await ask()
    const role = (to: 'member' | 'administrator') =>
      database()
        .update(memberships)
        .set({ role: to })
        .where(and(eq(memberships.organizationId, sales.id), eq(memberships.userId, reviewer.id)))
    await role('member')
    await expect(approveRequest(as(reviewer), { requestId })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await listReviewers(as(here.owner), here.id)).toMatchObject([
      { isActive: false, isDeactivated: false },
    ])
    await role('administrator')
    await approveRequest(as(reviewer), { requestId })
  })

  it('answers through an app only with its scopes, and only here', async () => {
    await name()
    const requestId = await ask()
    const through = (...scopes: string[]) => asThrough(reviewer, app, scopes, here.id)
    const robot = await makeApp({ organization: here, audience: 'everyone' })
    const approve = (...scopes: string[]) =>
      approveRequest(asThrough(reviewer, robot, scopes, here.id), { requestId })
    await expect(approve('allowlist:read')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(
      approveRequest(through('allowlist:write'), { requestId }),
      'no app approves itself',
    ).rejects.toMatchObject({ code: 'forbidden' })
    await approve('allowlist:write')
    const there = await makeOrganization()
    await expect(getInbox(as(reviewer), there.id)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('hears of requests by mail like the administrators, from when they were named', async () => {
    await ask()
    await name()
    await tellOfRequests(root())
    expect(await mailsTo(reviewer.email)).toEqual([])
    await ask('profile')
    await tellOfRequests(root())
    expect((await mailsTo(reviewer.email)).map(({ kind }) => kind)).toEqual(['request-notice'])
  })
})

it('naming a reviewer refuses whoever administers no business group, administers the root, or is a stranger; and whoever may not', async () => {
  const stranger = (await makeOrganization()).owner
  const second = await makeMember(here, 'administrator')
  for (const person of [member, stranger, here.owner, second])
    await expect(name(person)).rejects.toMatchObject({ code: 'invalid', fields: { userId: /./ } })
  await expect(name(reviewer, member)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(name(reviewer, reviewer)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(name(reviewer, stranger)).rejects.toMatchObject({ code: 'not-found' })
  expect(await recorded()).toEqual([])
})
