import { and, eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { approvalRequests } from '#db/schema/allowlist'
import { events } from '#db/schema/audit'
import { connectedApps } from '#db/schema/connected-apps'
import { readEnvironment, setEnvironment } from '#lib/base/env'
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
import { deleteApp } from '../connected-apps/delete-app.ts'
import { disableApp } from '../connected-apps/disable-app.ts'
import { enableApp } from '../connected-apps/enable-app.ts'
import { blockApp } from '../installations/block-app.ts'
import { freezeApp } from '../installations/freeze-app.ts'
import { unfreezeApp } from '../installations/unfreeze-app.ts'
import { approveRequest } from './approve-request.ts'
import { close } from './close.ts'
import { draftRequest } from './draft-request.ts'
import { endNeedlessRequests } from './end-needless-requests.ts'
import { endOverdueRequests } from './end-overdue-requests.ts'
import { endRequestsOfApp } from './end-requests-of-app.ts'
import { getApprovalRequest } from './get-approval-request.ts'
import { getWayOn } from './get-way-on.ts'
import { listRequests } from './list-requests.ts'
import { previewPolicy } from './preview-policy.ts'
import { requestApproval } from './request-approval.ts'
import { restrict } from './restrict.ts'
import { setInternalAutoApproval } from './set-internal-auto-approval.ts'
import { unrestrict } from './unrestrict.ts'

let here: MadeOrganization
let elsewhere: MadeOrganization
let app: MadeApp
let member: MadeUser
let root: { rootOrganizationId: MadeOrganization['id'] }

beforeAll(() => setEnvironment(readEnvironment({ PUBLIC_URL: 'https://id.example.com' })))

beforeEach(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
  app = await makeApp({ organization: elsewhere, audience: 'everyone' })
  member = await makeMember(here)
  root = { rootOrganizationId: here.id }
  await restrict(as(here.owner), { ...root, internalAutoApproval: false })
})

const draft = async (of = app, person = member) =>
  (await draftRequest(as(person), { ...root, appId: of.id, scopes: ['openid'] })).requestId
async function ask(of = app, person = member) {
  const requestId = await draft(of, person)
  await requestApproval(as(person), { requestId })
  return requestId
}
const stateOf = async (requestId: Awaited<ReturnType<typeof ask>>) =>
  (await getApprovalRequest(as(here.owner), requestId)).state
const recorded = async (name: string) =>
  (
    await database()
      .select({ actor: events.actorName, details: events.details })
      .from(events)
      .where(and(eq(events.rootOrganizationId, here.id), eq(events.name, name)))
  ).map(({ actor, details }) => [actor, details.requestId])
const letTimeRunOut = () =>
  database()
    .update(approvalRequests)
    .set({ expiresAt: sql`now()` })
    .where(eq(approvalRequests.rootOrganizationId, here.id))

const openTo = (audience: 'internal' | 'everyone') =>
  database().update(connectedApps).set({ audience }).where(eq(connectedApps.id, app.id))

describe('requests that nobody has to answer any more', () => {
  it('are closed as the policy opens, and whoever waited is told that they can go on, once', async () => {
    const requestId = await ask()
    const drafted = await draft(await makeApp({ organization: elsewhere, audience: 'everyone' }))
    await unrestrict(as(here.owner), root)
    expect(await stateOf(requestId)).toBe('not-needed')
    expect(await stateOf(drafted)).toBe('open')
    expect(await recorded('allowlist.request-not-needed')).toEqual([[here.owner.fullName, requestId]])
    const { rows } = await listRequests(as(here.owner), { ...root, state: 'answered' })
    expect(rows).toMatchObject([{ requestId, answer: { kind: 'not-needed', by: here.owner.fullName } }])
    expect((await getWayOn(as(member), requestId)).state).toBe('not-needed')
    await letTimeRunOut()
    await Promise.all([endNeedlessRequests(), endOverdueRequests()])
    const mails = await mailsTo(member.email)
    expect(mails.map(({ subject }) => subject)).toEqual([
      `${app.name} needs no approval any more: you can go on`,
    ])
    expect(mails[0]?.text).toContain(`https://id.example.com/approvals/${requestId}/app`)
    await expect(approveRequest(as(here.owner), { requestId })).rejects.toMatchObject({
      code: 'conflict',
      sentence: 'This request ended when no approval was needed any more.',
    })
  })

  it('are those for internal apps alone, where these pass by themselves from now on', async () => {
    const mine = await makeApp({ organization: here })
    const [internal, outside] = [await ask(mine), await ask()]
    await setInternalAutoApproval(as(here.owner), { ...root, isOn: true })
    expect([await stateOf(internal), await stateOf(outside)]).toEqual(['not-needed', 'open'])
  })

  it('are the same where Restricted comes with that rule; none while the policy is closed', async () => {
    const mine = await makeApp({ organization: here })
    const [internal, outside] = [await ask(mine), await ask()]
    await close(as(here.owner), root)
    const closesWith = async (internalAutoApproval: boolean) =>
      (await previewPolicy(as(here.owner), { ...root, mode: 'restricted', internalAutoApproval })).closes
    expect([await closesWith(true), await closesWith(false)]).toEqual([1, 0])
    await endNeedlessRequests()
    expect([await stateOf(internal), await stateOf(outside)]).toEqual(['open', 'open'])
    await restrict(as(here.owner), { ...root, internalAutoApproval: true })
    expect([await stateOf(internal), await stateOf(outside)]).toEqual(['not-needed', 'open'])
  })

  it('do not tell people to go on with an app that is blocked', async () => {
    await ask()
    await blockApp(as(here.owner), { ...root, appId: app.id })
    await unrestrict(as(here.owner), root)
    expect(await mailsTo(member.email)).toEqual([])
  })

  it.each([
    [
      'disabled',
      () => disableApp(as(elsewhere.owner), { appId: app.id }),
      () => enableApp(as(elsewhere.owner), { appId: app.id }),
    ],
    [
      'frozen',
      () => freezeApp(as(here.owner), { ...root, appId: app.id }),
      () => unfreezeApp(as(here.owner), { ...root, appId: app.id }),
    ],
    ['its publisher’s own', () => openTo('internal'), () => openTo('everyone')],
  ])('wait on while the app is %s: nobody could go on with it', async (_, hold, letGo) => {
    const requestId = await ask()
    const closes = async () => (await previewPolicy(as(here.owner), { ...root, mode: 'unrestricted' })).closes
    expect(await closes()).toBe(1)
    await hold()
    expect(await closes()).toBe(0)
    await unrestrict(as(here.owner), root)
    await endNeedlessRequests()
    expect(await stateOf(requestId)).toBe('open')
    expect(await mailsTo(member.email)).toEqual([])
    await letGo()
    await endNeedlessRequests()
    expect(await stateOf(requestId)).toBe('not-needed')
    expect(await mailsTo(member.email)).toHaveLength(1)
  })

  it('are closed by the clock where somebody pressed Request while the policy opened', async () => {
    const requestId = await draft()
    await Promise.all([requestApproval(as(member), { requestId }), unrestrict(as(here.owner), root)])
    await Promise.all([endNeedlessRequests(), endNeedlessRequests()])
    expect(await stateOf(requestId)).toBe('not-needed')
    expect(await mailsTo(member.email)).toHaveLength(1)
    expect(await recorded('allowlist.request-not-needed')).toHaveLength(1)
  })
})

describe('requests for an app that is deleted', () => {
  it('are closed everywhere, and whoever waited is told so, with nowhere to go on', async () => {
    const requestId = await ask()
    expect(await endRequestsOfApp({ appId: app.id }), 'not while it is there').toBe(0)
    await deleteApp(as(elsewhere.owner), { appId: app.id, name: app.name })
    const jobs = await database().execute(sql`
      select from graphile_worker.jobs where task_identifier = 'end-requests-of-app'`)
    expect(jobs.length).toBeGreaterThan(0)
    await Promise.all([endRequestsOfApp({ appId: app.id }), endRequestsOfApp({ appId: app.id })])
    await letTimeRunOut()
    await endOverdueRequests()
    const mails = await mailsTo(member.email)
    expect(mails.map(({ subject }) => subject)).toEqual([
      `${app.name} was deleted, and your request for it is over`,
    ])
    expect(mails[0]?.text).not.toContain('/approvals/')
    expect(await recorded('allowlist.request-app-deleted')).toEqual([['scheduler', requestId]])
    expect((await getWayOn(as(member), requestId)).state).toBe('app-gone')
  })
})
