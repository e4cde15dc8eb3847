import { and, eq, isNull, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { database, transaction } from '#db/client'
import { allowlistEntries, allowlists, approvalRequests } from '#db/schema/allowlist'
import { events } from '#db/schema/audit'
import { connectedApps } from '#db/schema/connected-apps'
import { users } from '#db/schema/users'
import { type Id, newId } from '#lib/base/ids'
import { as, asApp, asThrough } from '#test/actors'
import { makeAuthorization } from '#test/authorizations'
import {
  type MadeApp,
  type MadeOrganization,
  type MadeUser,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeOrganization,
  makeUser,
} from '#test/factories'
import { mailsTo } from '#test/outbox'
import { somebodyWaitsFor } from '#test/waiting'
import { getVerdict } from '../authorizations/get-verdict.ts'
import { blockApp } from '../installations/block-app.ts'
import { markBlocked } from '../installations/mark-blocked.ts'
import { openInstallation } from '../installations/open-installation.ts'
import { updateOrganization } from '../organizations/update-organization.ts'
import type { Actor } from '../permissions/actor.ts'
import { addEntry } from './add-entry.ts'
import { approveRequest } from './approve-request.ts'
import { declineRequest } from './decline-request.ts'
import { draftRequest } from './draft-request.ts'
import { endBlockedRequests } from './end-blocked-requests.ts'
import { getApprovalRequest } from './get-approval-request.ts'
import { getOwnRequest } from './get-own-request.ts'
import { getPolicy } from './get-policy.ts'
import { listRequests } from './list-requests.ts'
import { purgeDrafts } from './purge-drafts.ts'
import { requestApproval } from './request-approval.ts'
import { restrict } from './restrict.ts'
import {
  DRAFTS_PER_APP_MAX,
  DRAFTS_PER_PERSON_PER_HOUR,
  REASON_LENGTH_MAX,
  REQUESTS_PER_APP_PER_DAY,
  REQUESTS_PER_PERSON_PER_DAY,
  WAITING_PER_APP_MAX,
} from './schema.ts'
import { withdrawRequest } from './withdraw-request.ts'

let here: MadeOrganization
let elsewhere: MadeOrganization
let app: MadeApp
let member: MadeUser

beforeEach(async () => {
  here = await makeOrganization({ name: `Northwind ${newId('user')}` })
  elsewhere = await makeOrganization()
  app = await makeApp({
    organization: elsewhere,
    audience: 'everyone',
    scopes: ['openid', 'profile', 'email'],
  })
  member = await makeMember(here)
  await restrict(as(here.owner), { rootOrganizationId: here.id })
})

const wish = (...scopes: string[]) => ({ rootOrganizationId: here.id, appId: app.id, scopes })
const draft = async (user: MadeUser, ...scopes: string[]) =>
  (await draftRequest(as(user), wish(...(scopes.length > 0 ? scopes : ['openid', 'profile'])))).requestId
const waiting = async () =>
  (await listRequests(as(here.owner), { rootOrganizationId: here.id, state: 'waiting' })).rows
const verdict = (user: MadeUser, ...scopes: string[]) =>
  getVerdict({ ...wish(...scopes), userId: user.id, address: null })
const entryScopes = async () => {
  const [row] = await database()
    .select()
    .from(allowlistEntries)
    .where(
      and(
        eq(allowlistEntries.rootOrganizationId, here.id),
        eq(allowlistEntries.appId, app.id),
        isNull(allowlistEntries.endedAt),
      ),
    )
  return row?.scopes ?? null
}
const recorded = async (name: string) => {
  const rows = await database()
    .select()
    .from(events)
    .where(and(eq(events.rootOrganizationId, here.id), eq(events.name, name)))
  return rows.map((row) => row.details)
}
const expire = (requestId: Id<'approvalRequest'>) =>
  database()
    .update(approvalRequests)
    .set({ expiresAt: sql`now() - interval '1 minute'` })
    .where(eq(approvalRequests.id, requestId))

describe('being blocked', () => {
  it('makes one draft for all who ask for the same, whatever the order, and shows it to nobody [P70]', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => makeMember(here)))
    const ids = await Promise.all(
      people.map((person, at) => draft(person, ...(at % 2 ? ['profile', 'openid'] : ['openid', 'profile']))),
    )
    expect(new Set(ids).size).toBe(1)
    expect(await draft(member, 'openid')).not.toBe(ids[0])
    expect(await waiting()).toEqual([])
    expect((await getPolicy(as(here.owner), here.id)).waiting).toBe(0)
    expect(await recorded('allowlist.approval-requested')).toEqual([])
  })

  it('keeps the app as the last blocked person saw it', async () => {
    const requestId = await draft(member)
    await database()
      .update(connectedApps)
      .set({ name: `Renamed ${app.id}` })
      .where(eq(connectedApps.id, app.id))
    expect((await getApprovalRequest(as(here.owner), requestId)).changes).toEqual(['name'])
    await draft(await makeMember(here))
    expect((await getApprovalRequest(as(here.owner), requestId)).changes).toEqual([])
  })

  it('makes a new draft when the old one’s time is over', async () => {
    const old = await draft(member)
    await expire(old)
    expect(await draft(member)).not.toBe(old)
    expect((await getApprovalRequest(as(here.owner), old)).state).toBe('expired')
  })

  it('on very many things at once is refused, also when they come at once', async () => {
    const scopes = Array.from({ length: DRAFTS_PER_PERSON_PER_HOUR + 6 }, (_, at) => `scope-${at}`)
    await database().update(connectedApps).set({ scopes }).where(eq(connectedApps.id, app.id))
    const results = await Promise.allSettled(scopes.map((scope) => draft(member, scope)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(DRAFTS_PER_PERSON_PER_HOUR)
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'limit-reached' },
    })
  })

  it('by an app that asks for ever new things drops the oldest draft for the newest, whoever it sends here', async () => {
    const scopes = Array.from({ length: DRAFTS_PER_APP_MAX + 5 }, (_, at) => `scope-${at}`)
    await database().update(connectedApps).set({ scopes }).where(eq(connectedApps.id, app.id))
    const people = await Promise.all(Array.from({ length: 4 }, () => makeMember(here)))
    const requestId = await draft(member, 'scope-0')
    await requestApproval(as(member), { requestId })
    const oldest = await draft(member, 'scope-1')
    await Promise.all(scopes.slice(2).map((scope, at) => draft(people[at % people.length] ?? member, scope)))
    const left = await database()
      .select({ scopes: approvalRequests.scopes, requestedAt: approvalRequests.requestedAt })
      .from(approvalRequests)
      .where(eq(approvalRequests.rootOrganizationId, here.id))
    expect(left.filter(({ requestedAt }) => !requestedAt)).toHaveLength(DRAFTS_PER_APP_MAX)
    expect(await draft(member, 'scope-0'), 'what is asked for stays').toBe(requestId)
    expect(await draft(member, 'scope-1'), 'the oldest is gone, and made anew').not.toBe(oldest)
  })

  it('for scopes of every ugly kind makes no draft, or a small one', async () => {
    const ugly = ['', 'a b', 'a\nb', 'op\u0435nid', 'x'.repeat(101), '\u0000', 'a"b', 'a\\b', '\u202eopenid']
    for (const scope of ugly)
      await expect(draft(member, scope), JSON.stringify(scope)).rejects.toMatchObject({ code: 'invalid' })
    const many = Array.from({ length: 1001 }, (_, at) => `scope-${at}`)
    await expect(draft(member, ...many)).rejects.toMatchObject({ code: 'invalid' })
    const requestId = await draft(member, ...Array.from({ length: 1000 }, () => 'openid'))
    expect(await draft(member, 'openid')).toBe(requestId)
  })

  it('draftRequest refuses strangers, apps, and what could not be listed', async () => {
    const foreign = await makeApp({ organization: elsewhere, audience: 'internal' })
    const refused: [Actor, object, string][] = [
      [as(await makeUser()), {}, 'forbidden'],
      [as(elsewhere.owner), {}, 'not-found'],
      [asThrough(member, app, ['openid'], here.id), {}, 'forbidden'],
      [asApp(app, ['allowlist:write'], here), {}, 'forbidden'],
      [as(member), { appId: foreign.id }, 'not-found'],
      [as(member), { appId: newId('app') }, 'not-found'],
      [as(member), { scopes: ['payroll:read'] }, 'invalid'],
    ]
    for (const [actor, other, code] of refused) {
      await expect(draftRequest(actor, { ...wish('openid'), ...other })).rejects.toMatchObject({ code })
    }
  })
})

describe('pressing Request', () => {
  it('by eight people at once makes one request with eight requesters and their reasons [P70]', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => makeMember(here)))
    await Promise.all(
      people.map(async (person, at) =>
        requestApproval(as(person), { requestId: await draft(person), reason: `Reason ${at}` }),
      ),
    )
    expect(await waiting()).toMatchObject([
      { appId: app.id, requesters: 8, added: ['openid', 'profile'], isListed: false },
    ])
    const [row] = await waiting()
    const page = await getApprovalRequest(as(here.owner), row?.requestId ?? newId('approvalRequest'))
    expect(page.requestersCount).toBe(8)
    expect(page.requesters.map(({ reason }) => reason).sort()).toEqual(people.map((_, at) => `Reason ${at}`))
    expect(await recorded('allowlist.approval-requested')).toHaveLength(8)
  })

  it('again changes the reason, and shows each person only themselves and a number [P65]', async () => {
    const requestId = await draft(member)
    const other = await makeMember(here)
    await requestApproval(as(member), { requestId, reason: 'First' })
    await requestApproval(as(member), { requestId, reason: 'Second' })
    await requestApproval(as(other), { requestId })
    expect(await getOwnRequest(as(member), requestId)).toMatchObject({
      own: { reason: 'Second' },
      othersWaiting: 1,
    })
    expect(await getOwnRequest(as(here.owner), requestId)).toEqual({ own: null, othersWaiting: 2 })
    expect(await recorded('allowlist.approval-requested')).toHaveLength(2)
  })

  it('requestApproval refuses a long reason, strangers, unknown ids, old requests, and too many in a day', async () => {
    const requestId = await draft(member)
    const long = { requestId, reason: 'x'.repeat(REASON_LENGTH_MAX + 1) }
    await expect(requestApproval(as(member), long)).rejects.toMatchObject({ code: 'invalid' })
    for (const [actor, id] of [
      [elsewhere.owner, requestId],
      [member, newId('approvalRequest')],
    ] as const) {
      await expect(requestApproval(as(actor), { requestId: id })).rejects.toMatchObject({ code: 'not-found' })
      await expect(getOwnRequest(as(actor), id)).rejects.toMatchObject({ code: 'not-found' })
    }
    await expire(requestId)
    await expect(requestApproval(as(member), { requestId })).rejects.toMatchObject({ code: 'expired' })
    const ids = await Promise.all(
      Array.from({ length: REQUESTS_PER_PERSON_PER_DAY + 1 }, async () => {
        const { id: appId } = await makeApp({ organization: elsewhere, audience: 'everyone' })
        const { requestId: one } = await draftRequest(as(member), { ...wish('openid'), appId })
        return one
      }),
    )
    const asked = await Promise.allSettled(ids.map((id) => requestApproval(as(member), { requestId: id })))
    expect(asked.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { code: 'limit-reached' } },
    ])
  })

  it('and withdrawing again and again is refused like asking for many', async () => {
    const colleague = await makeMember(here)
    const requestId = await draft(colleague, 'openid')
    await requestApproval(as(colleague), { requestId })
    for (let time = 0; time < REQUESTS_PER_PERSON_PER_DAY; time++) {
      await requestApproval(as(member), { requestId })
      await withdrawRequest(as(member), { requestId })
    }
    await expect(requestApproval(as(member), { requestId })).rejects.toMatchObject({ code: 'limit-reached' })
  })

  it('for ever new things of one app is refused once enough of them wait, or were asked today', async () => {
    const people = await Promise.all(Array.from({ length: 4 }, () => makeMember(here)))
    const scopes = Array.from({ length: REQUESTS_PER_APP_PER_DAY + 2 }, (_, at) => `scope-${at}`)
    await database().update(connectedApps).set({ scopes }).where(eq(connectedApps.id, app.id))
    const ask = async (at: number) => {
      const person = people[at % people.length] ?? member
      await requestApproval(as(person), { requestId: await draft(person, `scope-${at}`) })
    }
    const first = await Promise.allSettled(scopes.slice(0, WAITING_PER_APP_MAX + 3).map((_, at) => ask(at)))
    expect(first.filter(({ status }) => status === 'fulfilled')).toHaveLength(WAITING_PER_APP_MAX)
    expect(first.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'limit-reached', sentence: expect.stringContaining(app.name) },
    })
    const [one] = await waiting()
    if (!one) throw new Error('Nothing waits.')
    await requestApproval(as(member), { requestId: one.requestId })
    const decline = async () => {
      for (const { requestId } of await waiting()) await declineRequest(as(here.owner), { requestId })
    }
    await decline()
    let at = WAITING_PER_APP_MAX + 3
    for (; at < REQUESTS_PER_APP_PER_DAY + 2; at += 1) await ask(at)
    for (const left of [0, 1, 2]) await ask(left).catch(() => undefined)
    expect((await waiting()).length).toBe(REQUESTS_PER_APP_PER_DAY - WAITING_PER_APP_MAX)
    await decline()
    await expect(ask(0)).rejects.toMatchObject({ code: 'limit-reached', sentence: /today/ })
  })

  it('is taken back by the last who waits, and then nobody is asked any more', async () => {
    const requestId = await draft(member)
    const other = await makeMember(here)
    await requestApproval(as(member), { requestId })
    await requestApproval(as(other), { requestId })
    await withdrawRequest(as(member), { requestId })
    expect(await waiting()).toMatchObject([{ requesters: 1 }])
    await expect(withdrawRequest(as(member), { requestId })).rejects.toMatchObject({ code: 'conflict' })
    await withdrawRequest(as(other), { requestId })
    expect(await waiting()).toEqual([])
    expect(await draft(member)).not.toBe(requestId)
  })
})

describe('an app that is renamed between seeing and asking', () => {
  const rename = (name: string) =>
    database().update(connectedApps).set({ name }).where(eq(connectedApps.id, app.id))
  const renamePublisher = (name: string) =>
    updateOrganization(as(elsewhere.owner), { organizationId: elsewhere.id, version: 1, name })

  it('is asked for by nobody who saw it as something else, whoever looked meanwhile [P69]', async () => {
    const requestId = await draft(member)
    const seen = { name: app.name, publisher: elsewhere.name }
    await rename(`Payroll ${app.id}`)
    await draft(await makeMember(here))
    await expect(requestApproval(as(member), { requestId, seen })).rejects.toMatchObject({
      code: 'conflict',
      sentence: expect.stringContaining(`is called Payroll ${app.id} by now`),
    })
    await renamePublisher(`Head office ${newId('user')}`)
    const asked = { requestId, seen: { ...seen, name: `Payroll ${app.id}` } }
    await expect(requestApproval(as(member), asked)).rejects.toMatchObject({
      code: 'conflict',
      sentence: expect.stringContaining('is published by Head office'),
    })
    expect(await waiting()).toEqual([])
  })

  it('is shown to whoever answers as it was when they asked', async () => {
    const requestId = await draft(member)
    await rename(`Payroll ${app.id}`)
    await requestApproval(as(member), { requestId })
    const page = () => getApprovalRequest(as(here.owner), requestId)
    expect(await page()).toMatchObject({ changes: [], seen: { name: `Payroll ${app.id}` } })
    await rename(`Notes ${app.id}`)
    expect(await page()).toMatchObject({ changes: ['name'], seen: { name: `Payroll ${app.id}` } })
  })

  it('or whose publisher is, is not approved by a page from before', async () => {
    const requestId = await draft(member)
    await requestApproval(as(member), { requestId })
    const { version } = (await getApprovalRequest(as(here.owner), requestId)).app
    await renamePublisher(`Head office ${newId('user')}`)
    const approve = () => approveRequest(as(here.owner), { requestId, expectedAppVersion: version })
    await expect(approve()).rejects.toMatchObject({ code: 'conflict' })
    expect((await getApprovalRequest(as(here.owner), requestId)).changes).toEqual(['publisher'])
  })
})

describe('the approval link', () => {
  it('shows an administrator the app, the organization and what is new apart, and changes nothing [P63] [P66] [P73]', async () => {
    await addEntry(as(here.owner), {
      rootOrganizationId: here.id,
      clientId: app.clientId,
      scopes: ['openid'],
    })
    await makeAuthorization(await makeMember(here), app, here, ['openid'])
    const requestId = await draft(member, 'openid', 'email')
    await requestApproval(as(member), { requestId, reason: 'For the newsletter' })
    const page = await getApprovalRequest(as(here.owner), requestId)
    expect(page).toMatchObject({
      state: 'open',
      organization: { id: here.id, name: here.name },
      app: {
        id: app.id,
        clientId: app.clientId,
        publisher: elsewhere.name,
        redirectHosts: ['app.example.com'],
        isInternal: false,
      },
      isBlocked: false,
      entry: { by: here.owner.fullName },
      changes: [],
      requesters: [{ name: member.fullName, reason: 'For the newsletter' }],
      people: 1,
    })
    expect(page.added.map(({ name }) => name)).toEqual(['email'])
    expect(page.listed.map(({ name }) => name)).toEqual(['openid'])
    expect(await entryScopes()).toEqual(['openid'])
    expect((await verdict(member, 'openid', 'email')).kind).toBe('approval-needed')
  })

  it('tells what changed since people were blocked [P69]', async () => {
    const requestId = await draft(member)
    await requestApproval(as(member), { requestId })
    await database()
      .update(connectedApps)
      .set({ name: `Other ${app.id}`, redirectUris: ['https://evil.example.net/x'], scopes: ['openid'] })
      .where(eq(connectedApps.id, app.id))
    const page = await getApprovalRequest(as(here.owner), requestId)
    expect(page.changes).toEqual(['name', 'redirect-hosts', 'scopes'])
    expect(page.seen).toEqual({
      name: app.name,
      publisher: elsewhere.name,
      redirectHosts: ['app.example.com'],
    })
  })

  it('reads alike for those it does not concern, whether it is there or not, and approves for none of them [P65]', async () => {
    const requestId = await draft(member)
    const group = await makeBusinessGroup(here)
    const people = [
      member,
      await makeMember(here, 'developer'),
      await makeMember(group, 'administrator'),
      elsewhere.owner,
      await makeUser(),
    ]
    for (const person of people) {
      for (const act of [
        (id: Id<'approvalRequest'>) => getApprovalRequest(as(person), id),
        (id: Id<'approvalRequest'>) => approveRequest(as(person), { requestId: id }),
        (id: Id<'approvalRequest'>) => declineRequest(as(person), { requestId: id }),
      ]) {
        const said = await Promise.all(
          [requestId, newId('approvalRequest')].map((id) =>
            act(id).then(
              () => null,
              ({ code, sentence }) => ({ code, sentence }),
            ),
          ),
        )
        expect(said[0]).toMatchObject({ code: 'forbidden' })
        expect(said[0]).toEqual(said[1])
      }
    }
    expect(await entryScopes()).toBeNull()
  })
})

describe('approving', () => {
  it('lists the app with exactly what was asked, and the person gets through [P67]', async () => {
    const requestId = await draft(member)
    expect(await approveRequest(as(here.owner), { requestId })).toEqual({ scopes: ['openid', 'profile'] })
    expect(await entryScopes()).toEqual(['openid', 'profile'])
    expect((await verdict(member, 'openid', 'profile')).kind).toBe('consent')
    expect((await verdict(member, 'email')).kind).toBe('approval-needed')
    expect(await recorded('allowlist.request-approved')).toMatchObject([{ added: ['openid', 'profile'] }])
    expect((await getApprovalRequest(as(here.owner), requestId)).answer).toMatchObject({
      by: here.owner.fullName,
    })
  })

  it('grows an entry by what was asked then, whatever the app asks now, and keeps old yeses [P73] [P74] [P75] [P77]', async () => {
    await approveRequest(as(here.owner), { requestId: await draft(member, 'openid') })
    const yes = await makeAuthorization(member, app, here, ['openid'])
    const requestId = await draft(member, 'openid', 'email')
    await database()
      .update(connectedApps)
      .set({ scopes: ['openid', 'email', 'payroll:read'] })
      .where(eq(connectedApps.id, app.id))
    await approveRequest(as(here.owner), { requestId })
    expect(await entryScopes()).toEqual(['email', 'openid'])
    expect(await verdict(member, 'openid')).toEqual({ kind: 'allow', authorizationId: yes, withheld: [] })
    expect(await verdict(member, 'openid', 'email')).toMatchObject({ kind: 'consent', granted: ['openid'] })
    expect(await verdict(member, 'payroll:read')).toMatchObject({
      kind: 'approval-needed',
      missing: ['payroll:read'],
    })
  })

  it('may take some of the scopes, at least one, and none that nobody asked for', async () => {
    const requestId = await draft(member, 'openid', 'profile')
    for (const scopes of [[], ['email']]) {
      await expect(approveRequest(as(here.owner), { requestId, scopes })).rejects.toMatchObject({
        code: 'invalid',
      })
    }
    await approveRequest(as(here.owner), { requestId, scopes: ['openid'] })
    expect(await entryScopes()).toEqual(['openid'])
    expect((await verdict(member, 'openid')).kind).toBe('consent')
    expect((await verdict(member, 'openid', 'profile')).kind).toBe('approval-needed')
  })

  it('of nothing that is new is refused, and nobody is told of an approval', async () => {
    await addEntry(as(here.owner), {
      rootOrganizationId: here.id,
      clientId: app.clientId,
      scopes: ['openid'],
    })
    const requestId = await draft(member, 'openid', 'email')
    await requestApproval(as(member), { requestId })
    for (const scopes of [[], ['openid']])
      await expect(approveRequest(as(here.owner), { requestId, scopes })).rejects.toMatchObject({
        code: 'invalid',
        fields: { scopes: 'Choose at least one scope, or decline.' },
      })
    expect(await mailsTo(member.email)).toEqual([])
    await approveRequest(as(here.owner), { requestId, scopes: ['email'] })
    expect((await getApprovalRequest(as(here.owner), requestId)).answer?.refused).toEqual([])
  })

  it('a part of it is told apart from all of it for good, whatever the entry becomes', async () => {
    const [whole, part] = [await draft(member, 'openid'), await draft(member, 'openid', 'profile', 'email')]
    for (const requestId of [whole, part]) await requestApproval(as(member), { requestId })
    await approveRequest(as(here.owner), { requestId: part, scopes: ['openid', 'email'] })
    await addEntry(as(here.owner), { rootOrganizationId: here.id, clientId: app.clientId })
    const { rows } = await listRequests(as(here.owner), { rootOrganizationId: here.id, state: 'answered' })
    const partial = Object.fromEntries(rows.map(({ requestId, answer }) => [requestId, answer?.isPartial]))
    expect(partial).toEqual({ [whole]: false, [part]: true })
    const { answer } = await getApprovalRequest(as(here.owner), part)
    expect(answer?.approved.map(({ name }) => name).sort()).toEqual(['email', 'openid'])
    expect(answer?.refused.map(({ name }) => name)).toEqual(['profile'])
  })

  it('by two administrators at once has one outcome; the second is told who did it [P69]', async () => {
    const requestId = await draft(member)
    const second = await makeMember(here, 'administrator')
    const results = await Promise.allSettled([
      approveRequest(as(here.owner), { requestId }),
      approveRequest(as(second), { requestId }),
      declineRequest(as(second), { requestId }),
    ])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'conflict' })
    }
    await expect(approveRequest(as(second), { requestId })).rejects.toThrow(
      /has (approved|declined) this request already/,
    )
  })

  it('of one that was withdrawn, or twice, is refused, and recorded once at most', async () => {
    const gone = await draft(member)
    await requestApproval(as(member), { requestId: gone })
    await withdrawRequest(as(member), { requestId: gone })
    await expect(approveRequest(as(here.owner), { requestId: gone })).rejects.toMatchObject({
      code: 'conflict',
      sentence: `${member.fullName} has withdrawn this request already.`,
    })
    expect(await recorded('allowlist.request-approved')).toEqual([])
    const requestId = await draft(member)
    await approveRequest(as(here.owner), { requestId })
    await expect(approveRequest(as(here.owner), { requestId })).rejects.toMatchObject({ code: 'conflict' })
    await expect(declineRequest(as(here.owner), { requestId })).rejects.toMatchObject({ code: 'conflict' })
    expect(await recorded('allowlist.request-approved')).toHaveLength(1)
    expect(await recorded('allowlist.request-declined')).toEqual([])
  })

  it('and declining at once has one outcome, recorded once, and a person deactivated meanwhile asks for nothing', async () => {
    const requestId = await draft(member)
    await requestApproval(as(member), { requestId })
    const second = await makeMember(here, 'administrator')
    await Promise.allSettled([
      approveRequest(as(here.owner), { requestId }),
      declineRequest(as(second), { requestId }),
    ])
    const outcomes = [
      ...(await recorded('allowlist.request-approved')),
      ...(await recorded('allowlist.request-declined')),
    ]
    expect(outcomes).toHaveLength(1)
    const other = await makeMember(here)
    const waits = await draft(other, 'email')
    await database().update(users).set({ deactivatedAt: new Date() }).where(eq(users.id, other.id))
    await expect(requestApproval(as(other), { requestId: waits })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(draft(other, 'profile')).rejects.toMatchObject({ code: 'forbidden' })
    expect(await waiting()).toEqual([])
  })

  it('answers every request that the entry now covers [P69]', async () => {
    const [small, large] = [await draft(member, 'openid'), await draft(member, 'openid', 'email')]
    await requestApproval(as(member), { requestId: small })
    await requestApproval(as(member), { requestId: large })
    await approveRequest(as(here.owner), { requestId: large })
    expect(await waiting()).toEqual([])
    expect((await getApprovalRequest(as(here.owner), small)).state).toBe('approved')
  })

  it('is refused when it is too old, its app is gone, or the app was changed since the page was drawn', async () => {
    const requestId = await draft(member)
    const { app: drawn } = await getApprovalRequest(as(here.owner), requestId)
    await database()
      .update(connectedApps)
      .set({ version: drawn.version + 1 })
      .where(eq(connectedApps.id, app.id))
    const stale = { requestId, expectedAppVersion: drawn.version }
    await expect(approveRequest(as(here.owner), stale)).rejects.toMatchObject({ code: 'conflict' })
    await expire(requestId)
    await expect(approveRequest(as(here.owner), { requestId })).rejects.toMatchObject({ code: 'expired' })
    const gone = await draft(member)
    await database().update(connectedApps).set({ endedAt: new Date() }).where(eq(connectedApps.id, app.id))
    await expect(approveRequest(as(here.owner), { requestId: gone })).rejects.toMatchObject({
      code: 'expired',
    })
    expect((await getApprovalRequest(as(here.owner), gone)).state).toBe('app-gone')
    expect(await entryScopes()).toBeNull()
  })

  it('of an app that became its publisher’s own is refused in words of its own, and so is asking; declining is not', async () => {
    const [asked, drafted] = [await draft(member), await draft(member, 'email')]
    await requestApproval(as(member), { requestId: asked })
    await database().update(connectedApps).set({ audience: 'internal' }).where(eq(connectedApps.id, app.id))
    const refusal = {
      code: 'conflict',
      sentence: `${app.name} is open only to people of ${elsewhere.name} by now. Nobody here could use it.`,
    }
    await expect(approveRequest(as(here.owner), { requestId: asked })).rejects.toMatchObject(refusal)
    await expect(requestApproval(as(member), { requestId: drafted })).rejects.toMatchObject(refusal)
    const page = await getApprovalRequest(as(here.owner), asked)
    expect(page).toMatchObject({ state: 'open', app: { isOpenHere: false } })
    expect(await entryScopes()).toBeNull()
    await declineRequest(as(here.owner), { requestId: asked, reason: 'It is theirs' })
  })

  it('of a blocked app is refused without lifting the block, and nobody is told that they can go on', async () => {
    const requestId = await draft(member)
    await requestApproval(as(member), { requestId })
    await blockApp(as(here.owner), { rootOrganizationId: here.id, appId: app.id })
    expect((await getApprovalRequest(as(here.owner), requestId)).isBlocked).toBe(true)
    await expect(approveRequest(as(here.owner), { requestId })).rejects.toMatchObject({
      code: 'conflict',
      sentence: expect.stringContaining('Lift the block with the approval'),
    })
    expect([await entryScopes(), await mailsTo(member.email)]).toEqual([null, []])
  })

  it('and asking wait for a block that is under way, and are refused then', async () => {
    const asked = await draft(member)
    await requestApproval(as(member), { requestId: asked })
    const drafted = await draft(member, 'email')
    const named = { rootOrganizationId: here.id, appId: app.id }
    const { acts } = await transaction(async (tx) => {
      const actor = as(here.owner)
      await markBlocked(tx, actor, await openInstallation(tx, actor, named, 'installations.block'))
      const acts = Promise.allSettled([
        approveRequest(actor, { requestId: asked }),
        requestApproval(as(member), { requestId: drafted }),
      ])
      await Promise.race([acts, somebodyWaitsFor(tx)])
      return { acts }
    })
    const refused = { status: 'rejected', reason: { code: 'conflict' } }
    expect(await acts).toMatchObject([refused, refused])
    await endBlockedRequests(named)
    expect(await waiting()).toEqual([])
  })

  it('lifts the block with it if asked, in one breath, and is recorded as both', async () => {
    const requestId = await draft(member)
    await requestApproval(as(member), { requestId })
    await blockApp(as(here.owner), { rootOrganizationId: here.id, appId: app.id })
    expect(await waiting()).toMatchObject([{ requestId, isBlocked: true }])
    await approveRequest(as(here.owner), { requestId, alsoUnblock: true })
    expect((await verdict(member, 'openid')).kind).toBe('consent')
    expect(await recorded('installation.unblocked')).toHaveLength(1)
    const again = await draft(member, 'email')
    await approveRequest(as(here.owner), { requestId: again, alsoUnblock: true })
    expect(await recorded('installation.unblocked')).toHaveLength(1)
  })

  it('is nothing an app can do for itself or its children, nor add itself to the list [P131]', async () => {
    const child = await makeApp({ organization: elsewhere, audience: 'everyone', registeredByAppId: app.id })
    const requestId = await draft(member)
    const scopes = ['allowlist:write', 'organizations:read']
    for (const actor of [asApp(app, scopes, here), asThrough(here.owner, app, scopes, here.id)]) {
      await expect(approveRequest(actor, { requestId })).rejects.toMatchObject({ code: 'forbidden' })
      for (const { clientId } of [app, child]) {
        await expect(addEntry(actor, { rootOrganizationId: here.id, clientId })).rejects.toMatchObject({
          code: 'forbidden',
        })
      }
    }
    const other = await makeApp({ organization: elsewhere, audience: 'everyone' })
    await approveRequest(asApp(other, scopes, here), { requestId })
    expect(await entryScopes()).toEqual(['openid', 'profile'])
  })
})

describe('a link handed over in person', () => {
  it('that was answered stands among what was answered, and is kept; the draft of nobody is not', async () => {
    const [approved, declined, left] = [
      await draft(member, 'openid'),
      await draft(member, 'email'),
      await draft(member, 'profile'),
    ]
    await approveRequest(as(here.owner), { requestId: approved })
    await declineRequest(as(here.owner), { requestId: declined, reason: 'Not this' })
    for (const requestId of [approved, declined, left]) await expire(requestId)
    await purgeDrafts()
    const { rows } = await listRequests(as(here.owner), { rootOrganizationId: here.id, state: 'answered' })
    expect(rows.map(({ requestId, requestedAt, answer }) => [requestId, requestedAt, answer?.kind])).toEqual([
      [declined, null, 'declined'],
      [approved, null, 'approved'],
    ])
    await expect(getApprovalRequest(as(here.owner), left)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('is no request because an entry covers it: nobody asked', async () => {
    const requestId = await draft(member, 'openid')
    await addEntry(as(here.owner), { rootOrganizationId: here.id, clientId: app.clientId })
    const { rows } = await listRequests(as(here.owner), { rootOrganizationId: here.id, state: 'answered' })
    expect(rows).toEqual([])
    expect((await getApprovalRequest(as(here.owner), requestId)).state).toBe('listed')
  })
})

describe('declining', () => {
  it('leaves the list as it was and says why; who is blocked again may ask anew [P68]', async () => {
    const requestId = await draft(member)
    await requestApproval(as(member), { requestId })
    await declineRequest(as(here.owner), { requestId, reason: 'We use another one.' })
    expect(await entryScopes()).toBeNull()
    expect(await waiting()).toEqual([])
    const answered = await listRequests(as(here.owner), { rootOrganizationId: here.id, state: 'answered' })
    expect(answered.rows).toMatchObject([
      { requestId, answer: { kind: 'declined', by: here.owner.fullName } },
    ])
    expect(await recorded('allowlist.request-declined')).toMatchObject([{ reason: 'We use another one.' }])
    await expect(requestApproval(as(member), { requestId })).rejects.toMatchObject({ code: 'conflict' })
    expect(await draft(member)).not.toBe(requestId)
  })
})

describe('a deleted app', () => {
  it('has no entry, and no request that waits [P32]', async () => {
    await approveRequest(as(here.owner), { requestId: await draft(member, 'openid') })
    await requestApproval(as(member), { requestId: await draft(member, 'email') })
    await database().update(connectedApps).set({ endedAt: new Date() }).where(eq(connectedApps.id, app.id))
    expect(await waiting()).toEqual([])
    expect(await getPolicy(as(here.owner), here.id)).toMatchObject({ entries: 0, waiting: 0 })
  })
})

describe('listRequests', () => {
  it('pages to the end without losing or repeating a request, and refuses members', async () => {
    const scopes = Array.from({ length: 54 }, (_, at) => `scope-${at}`)
    await database().update(connectedApps).set({ scopes }).where(eq(connectedApps.id, app.id))
    const rows = scopes.map((scope) => ({
      ...wish(scope),
      id: newId('approvalRequest'),
      appNameSeen: app.name,
      publisherSeen: '',
      redirectHostsSeen: [],
      draftedBy: member.id,
      requestedAt: sql`now()`,
      expiresAt: sql`now() + interval '1 day'`,
    }))
    await database().insert(approvalRequests).values(rows)
    const input = { rootOrganizationId: here.id, state: 'waiting' as const }
    const first = await listRequests(as(here.owner), input)
    const second = await listRequests(as(here.owner), { ...input, cursor: first.next })
    expect(second.next).toBeNull()
    const seen = [...first.rows, ...second.rows].map(({ requestId }) => requestId)
    expect(seen.sort()).toEqual(rows.map(({ id }) => id).sort())
    await expect(listRequests(as(member), input)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(listRequests(as(here.owner), { ...input, cursor: 'nonsense' })).rejects.toMatchObject({
      code: 'invalid',
    })
  })
})

describe('the switch to Unrestricted', () => {
  it('keeps requests, which simply are not needed meanwhile', async () => {
    const requestId = await draft(member)
    await requestApproval(as(member), { requestId })
    await database()
      .update(allowlists)
      .set({ mode: 'unrestricted' })
      .where(eq(allowlists.rootOrganizationId, here.id))
    expect((await verdict(member, 'openid', 'profile')).kind).toBe('consent')
    expect(await waiting()).toHaveLength(1)
  })
})
