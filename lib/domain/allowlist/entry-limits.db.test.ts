import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { database, transaction } from '#db/client'
import { allowlistEntries, approvalRequesters } from '#db/schema/allowlist'
import { events } from '#db/schema/audit'
import { authorizations, liveAuthorizations } from '#db/schema/authorizations'
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
import { authorizeApp } from '../authorizations/authorize-app.ts'
import { getVerdict } from '../authorizations/get-verdict.ts'
import { addToGroup } from '../people/add-to-group.ts'
import { createGroup } from '../people/create-group.ts'
import { deleteGroup } from '../people/delete-group.ts'
import { removeFromGroup } from '../people/remove-from-group.ts'
import { addEntry } from './add-entry.ts'
import { answerListedRequests } from './answer-listed-requests.ts'
import { approveRequest } from './approve-request.ts'
import { draftRequest } from './draft-request.ts'
import { endOverdueEntries } from './end-overdue-entries.ts'
import { getApprovalRequest } from './get-approval-request.ts'
import { getEntry } from './get-entry.ts'
import { limitEntry } from './limit-entry.ts'
import { listEntries } from './list-entries.ts'
import { listRequests } from './list-requests.ts'
import { openRequest } from './open-request.ts'
import { removeEntry } from './remove-entry.ts'
import { requestApproval } from './request-approval.ts'
import { restrict } from './restrict.ts'
import { trimEntry } from './trim-entry.ts'
import { unrestrict } from './unrestrict.ts'
import { withdrawRequest } from './withdraw-request.ts'

let here: MadeOrganization
let app: MadeApp
let member: MadeUser
let root: { rootOrganizationId: MadeOrganization['id'] }
let named: { rootOrganizationId: MadeOrganization['id']; appId: MadeApp['id'] }

beforeEach(async () => {
  here = await makeOrganization()
  app = await makeApp({
    organization: await makeOrganization(),
    audience: 'everyone',
    scopes: ['openid', 'email'],
  })
  member = await makeMember(here)
  root = { rootOrganizationId: here.id }
  named = { ...root, appId: app.id }
  await restrict(as(here.owner), root)
})

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString()
const list = (limits: { endsAt?: string; groupId?: Id<'group'> } = {}) =>
  addEntry(as(here.owner), { ...root, clientId: app.clientId, ...limits })
/** As somebody would who looks at the entry now. */
const limit = async (limits: { endsAt?: string | null; groupId?: Id<'group'> | null }) =>
  limitEntry(as(here.owner), { ...named, version: await versionNow(), ...limits })
const versionNow = async () => (await listEntries(as(here.owner), root)).rows[0]?.version ?? 1
const authorize = (person: MadeUser, ...scopes: string[]) => authorizeApp(as(person), { ...named, scopes })
const verdict = async (person: MadeUser, ...scopes: string[]) =>
  (await getVerdict({ ...named, userId: person.id, scopes, address: null })).kind
const living = async () =>
  (await database().select().from(liveAuthorizations).where(eq(liveAuthorizations.appId, app.id))).map(
    (yes) => yes.userId,
  )
/** The end comes, if the entry was given one. */
const letItEnd = () =>
  database()
    .update(allowlistEntries)
    .set({ endsAt: sql`now() - interval '1 second'` })
    .where(and(eq(allowlistEntries.appId, app.id), isNotNull(allowlistEntries.endsAt)))
const recorded = (name: string) =>
  database()
    .select({ details: events.details, actor: events.actorName })
    .from(events)
    .where(and(eq(events.rootOrganizationId, here.id), eq(events.name, name)))
const group = async (...people: MadeUser[]) => {
  const { groupId } = await createGroup(as(here.owner), { ...root, name: 'Finance' })
  if (people.length > 0)
    await addToGroup(as(here.owner), { groupId, userIds: people.map((person) => person.id) })
  return groupId
}

describe('an entry with an end', () => {
  it('lets people in until then, and ends what they authorized under it at that moment [AM-35]', async () => {
    await list({ endsAt: inAnHour() })
    await authorize(member, 'openid')
    expect(await verdict(member, 'openid')).toBe('allow')
    await letItEnd()
    expect(await living()).toEqual([])
    expect(await verdict(member, 'openid')).toBe('approval-needed')
    expect((await listEntries(as(here.owner), root)).rows).toEqual([])
  })

  it('ends what was authorized before the end was set, too, however that came about [AM-35]', async () => {
    await unrestrict(as(here.owner), root)
    await authorize(member, 'openid')
    await restrict(as(here.owner), root)
    await limit({ endsAt: inAnHour(), groupId: null })
    expect(await living()).toEqual([member.id])
    await letItEnd()
    expect(await living()).toEqual([])
  })

  it('leaves alone what needed no entry since', async () => {
    await list({ endsAt: inAnHour() })
    await unrestrict(as(here.owner), root)
    await authorize(member, 'openid')
    await letItEnd()
    expect(await living()).toEqual([member.id])
  })

  it('does not end what runs when the end is taken back, or the entry is removed by hand before', async () => {
    await list({ endsAt: inAnHour() })
    await authorize(member, 'openid')
    await limit({ endsAt: null, groupId: null })
    await letItEnd()
    expect(await living()).toEqual([member.id])
    await limit({ endsAt: inAnHour(), groupId: null })
    await removeEntry(as(here.owner), named)
    await letItEnd()
    expect(await living()).toEqual([member.id])
  })

  it('listed again, people say yes anew, and nothing of the old one comes back', async () => {
    await list({ endsAt: inAnHour() })
    const { authorizationId: old } = await authorize(member, 'openid', 'email')
    await letItEnd()
    await list()
    expect(await verdict(member, 'openid')).toBe('consent')
    const { authorizationId, scopes } = await authorize(member, 'openid')
    expect(authorizationId).not.toBe(old)
    expect(scopes).toEqual(['openid'])
    const [ended] = await database().select().from(authorizations).where(eq(authorizations.id, old))
    expect(ended).toMatchObject({ endedReason: 'entry-ended', endedAt: expect.any(Date) })
    expect(await living()).toEqual([member.id])
  })

  it('a yes said while the end is set is over with it, whichever comes first', async () => {
    await list()
    await Promise.all([authorize(member, 'openid'), limit({ endsAt: inAnHour(), groupId: null })])
    expect(await living()).toEqual([member.id])
    await letItEnd()
    expect(await living()).toEqual([])
  })

  it('is closed by the clock once, which says so once; the switch to Restricted lists the app anew only if it runs', async () => {
    await list({ endsAt: inAnHour() })
    await letItEnd()
    await Promise.all([endOverdueEntries({ atOnce: 1 }), endOverdueEntries({ atOnce: 1 })])
    expect(await recorded('allowlist.entry-ended')).toMatchObject([{ actor: 'scheduler' }])
    await unrestrict(as(here.owner), root)
    expect((await restrict(as(here.owner), root)).listed).toBe(0)
  })

  it('refuses an end that is over or too far ahead, and to set one where there is no entry', async () => {
    await expect(limit({ endsAt: inAnHour() })).rejects.toMatchObject({ code: 'not-found' })
    await list()
    for (const endsAt of ['2020-01-01T00:00:00Z', '2100-01-01T00:00:00Z', 'tomorrow'])
      await expect(limit({ endsAt })).rejects.toMatchObject({ code: 'invalid', fields: { endsAt: /./ } })
    await limit({ endsAt: inAnHour() })
    await letItEnd()
    await expect(limit({ endsAt: inAnHour() })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('an entry for a group', () => {
  it('lets its people in and nobody else; who leaves it keeps what runs', async () => {
    const other = await makeMember(here)
    const groupId = await group(member)
    await list({ groupId })
    expect([await verdict(member, 'openid'), await verdict(other, 'openid')]).toEqual([
      'consent',
      'approval-needed',
    ])
    await expect(authorize(other, 'openid')).rejects.toMatchObject({ code: 'forbidden' })
    await authorize(member, 'openid')
    await removeFromGroup(as(here.owner), { groupId, userId: member.id })
    expect(await verdict(member, 'openid')).toBe('allow')
    expect(await verdict(member, 'openid', 'email')).toBe('approval-needed')
  })

  it('an approval for somebody outside it is refused unless it opens the entry to everyone [P67]', async () => {
    const other = await makeMember(here)
    await list({ groupId: await group(member) })
    const { requestId } = await draftRequest(as(other), { ...named, scopes: ['openid'] })
    await requestApproval(as(other), { requestId })
    expect((await getApprovalRequest(as(here.owner), requestId)).entry).toMatchObject({
      group: { name: 'Finance' },
      outsiders: 1,
    })
    const [waiting] = (await listRequests(as(here.owner), { ...root, state: 'waiting' })).rows
    expect(waiting).toMatchObject({ isListed: false, isForOthers: true, added: ['openid'] })
    await expect(approveRequest(as(here.owner), { requestId })).rejects.toMatchObject({
      code: 'invalid',
      fields: { openToEveryone: expect.stringContaining('Finance') },
    })
    // The entry holds the scope: only that it is opened is new.
    await approveRequest(as(here.owner), { requestId, scopes: [], openToEveryone: true })
    expect(await verdict(other, 'openid')).toBe('consent')
    expect(await recorded('allowlist.entry-limited')).toMatchObject([
      { details: { changed: { group: { before: 'Finance', after: null } } } },
    ])
  })

  it('shows what opening it lets those outside have, and what they would not get by that alone', async () => {
    const other = await makeMember(here)
    await addEntry(as(here.owner), {
      ...root,
      clientId: app.clientId,
      scopes: ['openid'],
      groupId: await group(member),
    })
    const { requestId } = await draftRequest(as(other), { ...named, scopes: ['openid', 'email'] })
    await requestApproval(as(other), { requestId })
    const { added, listed, state } = await getApprovalRequest(as(here.owner), requestId)
    expect([state, added, listed]).toMatchObject(['open', [{ name: 'email' }], [{ name: 'openid' }]])
  })

  it('is not opened by an approval that lets those outside have nothing of what they asked for', async () => {
    const other = await makeMember(here)
    await addEntry(as(here.owner), {
      ...root,
      clientId: app.clientId,
      scopes: ['openid'],
      groupId: await group(member),
    })
    const { requestId } = await draftRequest(as(other), { ...named, scopes: ['email'] })
    await requestApproval(as(other), { requestId })
    await expect(
      approveRequest(as(here.owner), { requestId, scopes: [], openToEveryone: true }),
    ).rejects.toMatchObject({ code: 'invalid', fields: { scopes: /./ } })
    expect(await verdict(other, 'openid')).toBe('approval-needed')
    await approveRequest(as(here.owner), { requestId, scopes: ['email'], openToEveryone: true })
    expect(await verdict(other, 'email')).toBe('consent')
  })

  it('widening the entry answers the requests of its people, and leaves those of others waiting', async () => {
    const other = await makeMember(here)
    await list({ groupId: await group(member) })
    const ask = async (person: MadeUser, scopes: string[]) => {
      const { requestId } = await draftRequest(as(person), { ...named, scopes })
      await requestApproval(as(person), { requestId })
      return requestId
    }
    await ask(other, ['openid'])
    await list()
    expect((await listRequests(as(here.owner), { ...root, state: 'waiting' })).rows).toHaveLength(1)
    await limit({ endsAt: null, groupId: null })
    await list()
    expect((await listRequests(as(here.owner), { ...root, state: 'waiting' })).rows).toEqual([])
  })

  it('answers by the clock, once, what waits of people who came into it, and tells them; not what others wait for', async () => {
    const other = await makeMember(here)
    const groupId = await group()
    await list({ groupId })
    const ask = async (...scopes: string[]) => {
      const { requestId } = await draftRequest(as(member), { ...named, scopes })
      await requestApproval(as(member), { requestId })
      return requestId
    }
    const alone = await ask('openid')
    const both = await ask('openid', 'email')
    await requestApproval(as(other), { requestId: both })
    const { requestId: draft } = await draftRequest(as(other), { ...named, scopes: ['email'] })
    await addToGroup(as(here.owner), { groupId, userIds: [member.id] })
    await Promise.all([answerListedRequests(), answerListedRequests()])
    const states = await Promise.all(
      [alone, both, draft].map(async (id) => (await getApprovalRequest(as(here.owner), id)).answer),
    )
    expect(states).toMatchObject([{ by: null, refused: [] }, null, null])
    expect(await recorded('allowlist.request-listed')).toEqual([
      { actor: 'scheduler', details: { requestId: alone, asked: ['openid'], because: 'covered' } },
    ])
    expect(await verdict(member, 'openid')).toBe('consent')
    expect((await mailsTo(member.email)).map(({ kind }) => kind)).toEqual(['request-approved'])
    expect(await mailsTo(other.email)).toEqual([])
    await withdrawRequest(as(other), { requestId: both })
    await answerListedRequests()
    expect(await recorded('allowlist.request-listed')).toHaveLength(2)
  })

  it('leaves a request waiting that somebody outside the group joins while the entry is made', async () => {
    const other = await makeMember(here)
    const { requestId } = await draftRequest(as(member), { ...named, scopes: ['openid'] })
    await requestApproval(as(member), { requestId })
    const groupId = await group(member)
    const { listing } = await transaction(async (tx) => {
      await openRequest(tx, requestId)
      await tx.insert(approvalRequesters).values({ requestId, userId: other.id })
      const listing = list({ groupId })
      await somebodyWaitsFor(tx)
      return { listing }
    })
    await listing
    expect((await listRequests(as(here.owner), { ...root, state: 'waiting' })).rows).toHaveLength(1)
    expect(await mailsTo(other.email)).toEqual([])
  })

  it('refuses a group of another organization like none, and to delete a group that an entry is for', async () => {
    const there = await makeOrganization()
    const { groupId } = await createGroup(as(there.owner), { rootOrganizationId: there.id, name: 'Theirs' })
    await expect(list({ groupId })).rejects.toMatchObject({ code: 'invalid', fields: { groupId: /./ } })
    const own = await group()
    await list({ groupId: own })
    await expect(deleteGroup(as(here.owner), { groupId: own })).rejects.toMatchObject({ code: 'conflict' })
    await limit({ endsAt: null, groupId: null })
    await deleteGroup(as(here.owner), { groupId: own })
    await expect(limit({ endsAt: null, groupId: own })).rejects.toMatchObject({
      code: 'invalid',
    })
  })
})

it('only administrators of the root organization say how long and for whom; the same again is not told', async () => {
  await list()
  const limitAs = (person: MadeUser) =>
    limitEntry(as(person), { ...named, version: 1, endsAt: null, groupId: null })
  await expect(limitAs(member)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(limitAs((await makeOrganization()).owner)).rejects.toMatchObject({ code: 'not-found' })
  expect(await limitAs(here.owner)).toEqual({ version: 1 })
  expect(await recorded('allowlist.entry-limited')).toEqual([])
})

describe('two administrators at one entry', () => {
  it('whoever looks at an older one is told what changed since, and nobody is let in by that', async () => {
    const other = await makeMember(here, 'administrator')
    await list()
    const version = await versionNow()
    const groupId = await group()
    await limitEntry(as(other), { ...named, version, groupId })
    const late = limitEntry(as(here.owner), { ...named, version, endsAt: inAnHour(), groupId: null })
    await expect(late).rejects.toMatchObject({
      code: 'conflict',
      isOvertaken: true,
      fields: { group: expect.stringContaining(other.fullName) },
    })
    expect(await verdict(member, 'openid')).toBe('approval-needed')
  })

  it('of two who save at once one is told', async () => {
    await list()
    const version = await versionNow()
    const both = await Promise.allSettled(
      [await group(), null].map((groupId) =>
        limitEntry(as(here.owner), { ...named, version, endsAt: inAnHour(), groupId }),
      ),
    )
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('an entry that grew, was trimmed, or was taken off and listed anew is another one', async () => {
    await addEntry(as(here.owner), { ...root, clientId: app.clientId, scopes: ['openid'] })
    const versions = [await versionNow()]
    for (const change of [
      () => list(),
      () => trimEntry(as(here.owner), { ...named, remove: ['email'] }),
      async () => {
        await removeEntry(as(here.owner), named)
        await list({ groupId: await group() })
      },
    ]) {
      await change()
      for (const version of versions)
        await expect(limitEntry(as(here.owner), { ...named, version, groupId: null })).rejects.toMatchObject({
          code: 'conflict',
        })
      versions.push(await versionNow())
    }
  })

  it('whoever says for whom leaves the end, and since when it is set', async () => {
    await list({ endsAt: new Date(Date.now() + 3_600_000.123).toISOString() })
    const ends = async () => {
      const [row] = await database()
        .select({ endsAt: allowlistEntries.endsAt, endSetAt: allowlistEntries.endSetAt })
        .from(allowlistEntries)
        .where(eq(allowlistEntries.appId, app.id))
      return row
    }
    const before = await ends()
    await limit({ groupId: await group() })
    expect(await ends()).toEqual(before)
    const groupBefore = (await getEntry(as(here.owner), named)).group
    await limit({ endsAt: null })
    expect(await getEntry(as(here.owner), named)).toMatchObject({ endsAt: null, group: groupBefore })
  })
})
