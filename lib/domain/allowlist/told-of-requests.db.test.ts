import { and, eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { database, transaction } from '#db/client'
import { allowlists, approvalNotices, approvalRequesters, approvalRequests } from '#db/schema/allowlist'
import { events } from '#db/schema/audit'
import { connectedApps } from '#db/schema/connected-apps'
import { users } from '#db/schema/users'
import { seal } from '#lib/base/encryption'
import { readEnvironment, setEnvironment } from '#lib/base/env'
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
import { somebodyWaitsFor } from '#test/waiting'
import { blockApp } from '../installations/block-app.ts'
import { markBlocked } from '../installations/mark-blocked.ts'
import { openInstallation } from '../installations/open-installation.ts'
import { unblockApp } from '../installations/unblock-app.ts'
import { addEntry } from './add-entry.ts'
import { approveRequest } from './approve-request.ts'
import { declineRequest } from './decline-request.ts'
import { draftRequest } from './draft-request.ts'
import { endBlockedRequests } from './end-blocked-requests.ts'
import { endOverdueRequests } from './end-overdue-requests.ts'
import { getApprovalRequest } from './get-approval-request.ts'
import { getWayOn } from './get-way-on.ts'
import { listRequests } from './list-requests.ts'
import { remindOfRequests } from './remind-of-requests.ts'
import { removeEntry } from './remove-entry.ts'
import { reopenRequest } from './reopen-request.ts'
import { requestApproval } from './request-approval.ts'
import { restrict } from './restrict.ts'
import { setInternalAutoApproval } from './set-internal-auto-approval.ts'
import { tellOfRequests, tellOfRequestsEverywhere } from './tell-of-requests.ts'
import { trimEntry } from './trim-entry.ts'
import { unrestrict } from './unrestrict.ts'

let here: MadeOrganization
let elsewhere: MadeOrganization
let app: MadeApp
let member: MadeUser

beforeAll(() => setEnvironment(readEnvironment({ PUBLIC_URL: 'https://id.example.com' })))

beforeEach(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
  app = await newApp()
  member = await makeMember(here)
  await restrict(as(here.owner), { rootOrganizationId: here.id })
})

const newApp = () =>
  makeApp({ organization: elsewhere, audience: 'everyone', scopes: ['openid', 'profile', 'email'] })
async function ask(person = member, of = app, reason = '', ...scopes: string[]) {
  const { requestId } = await draftRequest(as(person), {
    rootOrganizationId: here.id,
    appId: of.id,
    scopes: scopes.length > 0 ? scopes : ['openid', 'profile'],
  })
  await requestApproval(as(person), { requestId, reason, interaction: 'kept-nowhere-in-the-plain' })
  return requestId
}
const tell = () => tellOfRequests({ rootOrganizationId: here.id })
const told = (person: MadeUser) => mailsTo(person.email)
const kinds = async (person: MadeUser) => (await told(person)).map(({ kind }) => kind)
const anHourLater = () =>
  database()
    .update(approvalNotices)
    .set({ toldAt: sql`told_at - interval '61 minutes'` })
    .where(eq(approvalNotices.rootOrganizationId, here.id))
const letDaysPass = (days: number) =>
  database()
    .update(approvalRequests)
    .set({
      requestedAt: sql`requested_at - make_interval(days => ${days})`,
      expiresAt: sql`expires_at - make_interval(days => ${days})`,
    })
    .where(eq(approvalRequests.rootOrganizationId, here.id))
const recorded = async (name: string) =>
  (
    await database()
      .select()
      .from(events)
      .where(and(eq(events.rootOrganizationId, here.id), eq(events.name, name)))
  ).map(({ actorName, details }) => ({ actorName, details }))

describe('administrators', () => {
  it('are told of a new request once, however many ask, with the way to it', async () => {
    const second = await makeMember(here, 'administrator')
    const requestId = await ask(member, app, 'For the returns desk')
    await Promise.all([tell(), tell(), tellOfRequestsEverywhere()])
    await ask(await makeMember(here))
    await anHourLater()
    await tell()
    for (const person of [here.owner, second]) {
      const mails = await told(person)
      expect(mails).toHaveLength(1)
      expect(mails[0]?.subject).toContain(app.name)
      expect(mails[0]?.text).toContain('“For the returns desk”')
      expect(mails[0]?.text).toContain(`https://id.example.com/approvals/${requestId}\n`)
    }
    expect(await told(member)).toEqual([])
    expect(await told(elsewhere.owner)).toEqual([])
  })

  it('get a flood as one mail, and what came within the hour as one more when it is over', async () => {
    await ask()
    await tell()
    for (let more = 0; more < 5; more += 1) await ask(await makeMember(here), await newApp())
    await tell()
    await tellOfRequestsEverywhere()
    expect(await told(here.owner)).toHaveLength(1)
    await anHourLater()
    await tellOfRequestsEverywhere()
    await tellOfRequestsEverywhere()
    const [mail, ...others] = await told(here.owner)
    expect(others).toHaveLength(1)
    expect(mail?.subject).toContain('5 apps')
    expect(mail?.text).toContain(`/o/${here.id}/access-management/connected-apps/policy/requests\n`)
  })

  it('are not told of what was there before they were, where nobody needs an answer, or where mail is not wanted', async () => {
    await ask()
    const late = await makeMember(here, 'administrator')
    await database()
      .update(allowlists)
      .set({ tellsOfRequests: false })
      .where(eq(allowlists.rootOrganizationId, here.id))
    expect(await tell()).toBe(0)
    await database()
      .update(allowlists)
      .set({ tellsOfRequests: true, mode: 'unrestricted' })
      .where(eq(allowlists.rootOrganizationId, here.id))
    expect(await tell()).toBe(0)
    await database()
      .update(allowlists)
      .set({ mode: 'restricted' })
      .where(eq(allowlists.rootOrganizationId, here.id))
    expect(await tell()).toBe(1)
    expect(await told(late)).toEqual([])
  })

  it('are reminded after three days and before the end, all that wait in one mail, each once', async () => {
    await ask()
    await letDaysPass(1)
    await ask(await makeMember(here), await newApp())
    expect(await kinds(here.owner)).toEqual([])
    await letDaysPass(2)
    await Promise.all([remindOfRequests(), remindOfRequests()])
    await letDaysPass(1)
    await remindOfRequests()
    expect(await told(here.owner)).toMatchObject([{ subject: `2 requests at ${here.name} still wait` }])
    await letDaysPass(22)
    await remindOfRequests()
    expect(await told(here.owner)).toHaveLength(1)
    await letDaysPass(1)
    await remindOfRequests()
    await remindOfRequests()
    expect(await kinds(here.owner)).toEqual(['request-reminder', 'request-reminder'])
  })

  it('are reminded before the end once more of a request that was asked for again', async () => {
    await ask()
    await letDaysPass(28)
    await remindOfRequests()
    await ask()
    await letDaysPass(26)
    await remindOfRequests()
    expect(await kinds(here.owner)).toEqual(['request-reminder'])
    await letDaysPass(1)
    await remindOfRequests()
    await remindOfRequests()
    expect(await kinds(here.owner)).toEqual(['request-reminder', 'request-reminder'])
  })
})

describe('whoever asked', () => {
  it('is told that it was approved, until when, and where they go on [P67]', async () => {
    const requestId = await ask()
    const other = await makeMember(here)
    await ask(other)
    const endsAt = new Date(Date.now() + 90 * 86_400_000).toISOString()
    await approveRequest(as(here.owner), { requestId, endsAt })
    for (const person of [member, other]) {
      const [mail, ...more] = await told(person)
      expect(more).toEqual([])
      expect(mail).toMatchObject({
        kind: 'request-approved',
        subject: `${app.name} is approved: you can go on`,
      })
      expect(mail?.text).toContain(here.owner.fullName)
      expect(mail?.text).toContain('good until')
      expect(mail?.text).toContain(`https://id.example.com/approvals/${requestId}/app\n`)
    }
  })

  it('is told what was left out of a part, and once only, whichever request the entry answers [P110]', async () => {
    const all = await ask(member, app, '', 'openid', 'profile', 'email')
    const other = await makeMember(here)
    await ask(other, app, '', 'openid')
    await approveRequest(as(here.owner), { requestId: all, scopes: ['openid', 'profile'] })
    const [mail, ...more] = await told(member)
    expect(more).toEqual([])
    expect(mail?.subject).toBe(`${app.name} is approved for a part of what it asked`)
    expect(mail?.text).toContain('Not approved:')
    expect(await told(other)).toMatchObject([{ subject: `${app.name} is approved: you can go on` }])
  })

  it('is told when the app is listed by hand', async () => {
    await ask()
    await addEntry(as(here.owner), { rootOrganizationId: here.id, clientId: app.clientId })
    expect(await kinds(member)).toEqual(['request-approved'])
  })

  it('is told that it was declined, and why', async () => {
    const requestId = await ask()
    await declineRequest(as(here.owner), { requestId, reason: 'We have Parcelwise for that.' })
    const [mail] = await told(member)
    expect(mail?.subject).toBe(`Your request for ${app.name} was declined`)
    expect(mail?.text).toContain('“We have Parcelwise for that.”')
  })

  it('is told that nobody answered, by the clock and once; pressing Request begins anew', async () => {
    const requestId = await ask()
    await letDaysPass(31)
    expect((await getApprovalRequest(as(here.owner), requestId)).state).toBe('expired')
    await Promise.all([endOverdueRequests({ atOnce: 1 }), endOverdueRequests({ atOnce: 1 })])
    expect(await kinds(member)).toEqual(['request-expired'])
    expect(await recorded('allowlist.request-expired')).toMatchObject([
      { actorName: 'scheduler', details: { requestId } },
    ])
    const list = async (state: 'waiting' | 'answered' | 'expired') =>
      (await listRequests(as(here.owner), { rootOrganizationId: here.id, state })).rows.map(
        (row) => row.requestId,
      )
    expect([await list('waiting'), await list('answered'), await list('expired')]).toEqual([
      [],
      [],
      [requestId],
    ])
    const again = await ask()
    expect(again).not.toBe(requestId)
    expect(await list('waiting')).toEqual([again])
    for (const late of [approveRequest, declineRequest])
      await expect(late(as(here.owner), { requestId })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is told that the app was blocked, and once', async () => {
    const requestId = await ask()
    const named = { rootOrganizationId: here.id, appId: app.id }
    expect(await endBlockedRequests(named), 'not while it is not blocked').toBe(0)
    await blockApp(as(here.owner), named)
    await Promise.all([endBlockedRequests(named), endBlockedRequests(named)])
    expect(await told(member)).toMatchObject([{ subject: `${here.name} has blocked ${app.name}` }])
    expect(await recorded('allowlist.request-blocked')).toHaveLength(1)
    expect((await getApprovalRequest(as(here.owner), requestId)).answer).toMatchObject({
      by: here.owner.fullName,
    })
  })

  it('whose account is closed meanwhile is not written to', async () => {
    const requestId = await ask()
    await database().update(users).set({ deactivatedAt: new Date() }).where(eq(users.id, member.id))
    await declineRequest(as(here.owner), { requestId })
    expect(await told(member)).toEqual([])
  })

  it('finds the way on also where the place they stopped at does not open any more, as after a change of SECRET_KEY', async () => {
    const requestId = await ask()
    await approveRequest(as(here.owner), { requestId })
    await database()
      .update(approvalRequesters)
      .set({ sealedInteraction: seal('of another time', 'something else') })
      .where(eq(approvalRequesters.requestId, requestId))
    expect(await getWayOn(as(member), requestId)).toMatchObject({ state: 'approved', interaction: null })
  })

  it('is told the truth where the approval is over by now, or no longer holds all of it [P69]', async () => {
    const requestId = await ask()
    const named = { rootOrganizationId: here.id, appId: app.id }
    await approveRequest(as(here.owner), { requestId })
    const told = async () => {
      const { isOver, isPartial } = await getWayOn(as(member), requestId)
      return isOver ? 'over' : isPartial ? 'a part' : 'all'
    }
    expect(await told()).toBe('all')
    await trimEntry(as(here.owner), { ...named, remove: ['profile'] })
    expect(await told()).toBe('a part')
    await addEntry(as(here.owner), { rootOrganizationId: here.id, clientId: app.clientId })
    expect(await told()).toBe('all')
    await removeEntry(as(here.owner), named)
    expect(await told()).toBe('over')
    expect((await getApprovalRequest(as(here.owner), requestId)).entry).toBeNull()
    await unrestrict(as(here.owner), { rootOrganizationId: here.id })
    expect(await told()).toBe('all')
  })

  it('is told of no end where an internal app needs no entry any more', async () => {
    const root = { rootOrganizationId: here.id }
    const mine = await makeApp({ organization: here })
    await setInternalAutoApproval(as(here.owner), { ...root, isOn: false, alsoListInUse: false })
    const { requestId } = await draftRequest(as(member), { ...root, appId: mine.id, scopes: ['openid'] })
    await requestApproval(as(member), { requestId })
    await approveRequest(as(here.owner), { requestId })
    await setInternalAutoApproval(as(here.owner), { ...root, isOn: true })
    await removeEntry(as(here.owner), { ...root, appId: mine.id })
    expect(await getWayOn(as(member), requestId)).toMatchObject({ isOver: false, isPartial: false })
  })

  it('and nobody else finds the way on, with what became of it and where they stopped [P133]', async () => {
    const requestId = await ask()
    await database()
      .update(connectedApps)
      .set({ website: 'https://parcelwise.example' })
      .where(eq(connectedApps.id, app.id))
    await approveRequest(as(here.owner), { requestId, scopes: ['openid'] })
    expect(await getWayOn(as(member), requestId)).toMatchObject({
      state: 'approved',
      isPartial: true,
      interaction: 'kept-nowhere-in-the-plain',
      app: { name: app.name, website: 'https://parcelwise.example' },
    })
    for (const person of [await makeMember(here), elsewhere.owner, here.owner])
      await expect(getWayOn(as(person), requestId)).rejects.toMatchObject({ code: 'not-found' })
    const [row] = await database()
      .select({ text: sql<string>`row_to_json(${approvalRequesters})::text` })
      .from(approvalRequesters)
      .where(eq(approvalRequesters.requestId, requestId))
    expect(row?.text).not.toContain('kept-nowhere')
  })
})

describe('taking back', () => {
  const decline = async () => {
    const requestId = await ask()
    await declineRequest(as(here.owner), { requestId, reason: 'Not now' })
    return requestId
  }
  const reopen = (requestId: Id<'approvalRequest'>, person = here.owner) =>
    reopenRequest(as(person), { requestId })

  it('a declined request lets it wait again, for those who asked; two at once, one does', async () => {
    const requestId = await decline()
    const both = await Promise.allSettled([reopen(requestId), reopen(requestId)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await recorded('allowlist.request-reopened')).toHaveLength(1)
    expect(await getApprovalRequest(as(here.owner), requestId)).toMatchObject({
      state: 'open',
      answer: null,
      requestersCount: 1,
    })
    await approveRequest(as(here.owner), { requestId })
    expect(await kinds(member)).toEqual(['request-approved', 'request-declined'])
  })

  it('one that ended with a block is refused until the app is unblocked', async () => {
    const requestId = await ask()
    const named = { rootOrganizationId: here.id, appId: app.id }
    await blockApp(as(here.owner), named)
    await endBlockedRequests(named)
    await expect(reopen(requestId)).rejects.toMatchObject({ code: 'conflict' })
    await unblockApp(as(here.owner), named)
    await reopen(requestId)
    expect((await getApprovalRequest(as(here.owner), requestId)).state).toBe('open')
  })

  it('drops the draft of somebody who was only stopped at the same, and they find the request', async () => {
    const requestId = await decline()
    const wish = { rootOrganizationId: here.id, appId: app.id, scopes: ['openid', 'profile'] }
    const looking = await makeMember(here)
    const drafted = (await draftRequest(as(looking), wish)).requestId
    expect(drafted).not.toBe(requestId)
    await reopen(requestId)
    expect((await draftRequest(as(looking), wish)).requestId).toBe(requestId)
    await expect(getApprovalRequest(as(here.owner), drafted)).rejects.toMatchObject({ code: 'forbidden' })
    await requestApproval(as(looking), { requestId })
    expect((await getApprovalRequest(as(here.owner), requestId)).requestersCount).toBe(2)
  })

  it('and asking anew at the same moment leave one request that waits, with whoever asked', async () => {
    for (let round = 0; round < 4; round++) {
      const scopes = [['openid'], ['email'], ['profile'], ['openid', 'email']][round] ?? []
      const requestId = await ask(member, app, '', ...scopes)
      await declineRequest(as(here.owner), { requestId, reason: '' })
      const looking = await makeMember(here)
      const wish = { rootOrganizationId: here.id, appId: app.id, scopes }
      const drafted = (await draftRequest(as(looking), wish)).requestId
      const [reopened, asked] = await Promise.allSettled([
        reopen(requestId),
        requestApproval(as(looking), { requestId: drafted }),
      ])
      expect([reopened?.status, asked?.status].sort()).toEqual(['fulfilled', 'rejected'])
      expect((await draftRequest(as(looking), wish)).requestId).toBe(
        reopened?.status === 'fulfilled' ? requestId : drafted,
      )
    }
  })

  it('waits for a block that is under way, and is refused then', async () => {
    const requestId = await decline()
    const named = { rootOrganizationId: here.id, appId: app.id }
    const { reopening } = await transaction(async (tx) => {
      await markBlocked(
        tx,
        as(here.owner),
        await openInstallation(tx, as(here.owner), named, 'installations.block'),
      )
      const reopening = reopen(requestId).then(
        () => 'reopened',
        (refused: unknown) => refused,
      )
      await Promise.race([reopening, somebodyWaitsFor(tx)])
      return { reopening }
    })
    expect(await reopening).toMatchObject({ code: 'conflict' })
  })

  it('is refused for what waits, was approved, was asked anew, or is too old, and to whoever may not answer', async () => {
    const requestId = await decline()
    await expect(reopen(requestId, member)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(reopen(requestId, elsewhere.owner)).rejects.toMatchObject({ code: 'forbidden' })
    const again = await ask()
    await expect(reopen(requestId)).rejects.toMatchObject({ code: 'conflict' })
    await expect(reopen(again)).rejects.toMatchObject({ code: 'conflict' })
    await approveRequest(as(here.owner), { requestId: again })
    await expect(reopen(again)).rejects.toMatchObject({ code: 'conflict' })
    await letDaysPass(31)
    await expect(reopen(requestId)).rejects.toMatchObject({ code: 'expired' })
  })
})

it('finds requests by app, publisher, client ID and who asked', async () => {
  const requestId = await ask()
  await ask(await makeMember(here), await newApp())
  const find = async (search: string) =>
    (await listRequests(as(here.owner), { rootOrganizationId: here.id, state: 'waiting', search })).rows.map(
      (row) => row.requestId,
    )
  for (const words of [app.name.toLowerCase(), app.clientId, member.fullName])
    expect(await find(words)).toEqual([requestId])
  expect(await find(elsewhere.name)).toHaveLength(2)
  expect(await find('%')).toEqual([])
})
