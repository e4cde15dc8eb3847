import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { events } from '#db/schema/audit'
import { authorizations, tokens } from '#db/schema/authorizations'
import { installations, removals } from '#db/schema/installations'
import { memberships } from '#db/schema/organizations'
import { type Id, newId, uuidOf } from '#lib/base/ids'
import { as } from '#test/actors'
import { makeAuthorization, makeTokenFamily } from '#test/authorizations'
import {
  type MadeApp,
  type MadeOrganization,
  type MadeUser,
  makeApp,
  makeMember,
  makeOrganization,
} from '#test/factories'
import { removeAuthorization } from '../authorizations/remove-authorization.ts'
import { removeChosenPeople } from '../authorizations/remove-chosen-people.ts'
import { removeForEveryone } from '../authorizations/remove-for-everyone.ts'
import { changeName } from '../users/change-name.ts'
import { blockApp } from './block-app.ts'
import { countRemoval } from './count-removal.ts'
import { getRemoval } from './get-removal.ts'
import { listRemovals } from './list-removals.ts'
import { resumeRemovalCounts } from './resume-removal-counts.ts'
import { revokeApp } from './revoke-app.ts'
import { REMOVALS_SHOWN_MAX } from './schema.ts'

let here: MadeOrganization
let elsewhere: MadeOrganization
let app: MadeApp
let member: MadeUser

beforeEach(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
  app = await makeApp({ organization: elsewhere, audience: 'everyone' })
  member = await makeMember(here)
})

const root = () => ({ rootOrganizationId: here.id })
const named = () => ({ ...root(), appId: app.id })
const receiptOf = (removalId: Id<'removal'> | null) =>
  getRemoval(as(here.owner), { ...root(), removalId: removalId as Id<'removal'> })
const counted = async (removalId: Id<'removal'> | null) => {
  await countRemoval({ removalId: removalId ?? '' })
  return receiptOf(removalId)
}
const removed = async () => (await removeForEveryone(as(here.owner), named())).removalId

/** So many people more, each with a yes to the app, a family and one live token. */
async function makeCrowd(people: number) {
  await makeAuthorization(member, app, here)
  const [installation] = await database().select().from(installations).where(eq(installations.appId, app.id))
  const [root, installationId, appId] = [here.id, installation?.id ?? '', app.id].map(uuidOf)
  await database().execute(sql`
    with crowd as (
      select gen_random_uuid() as person, gen_random_uuid() as place, gen_random_uuid() as yes, gen_random_uuid() as family
      from generate_series(1, ${people})),
    people as (
      insert into users (id, username, email, full_name)
      select person, 'c-' || person, 'c-' || person || '@example.com', 'One of a crowd' from crowd returning id),
    places as (
      insert into memberships (id, user_id, organization_id, root_organization_id, role)
      select place, person, ${root}::uuid, ${root}::uuid, 'member' from crowd where (select count(*) from people) > 0
      returning id),
    yeses as (
      insert into authorizations (id, installation_id, root_organization_id, app_id, user_id, membership_id, scopes, epoch)
      select yes, ${installationId}::uuid, ${root}::uuid, ${appId}::uuid, person, place, '{openid}', 0 from crowd
      where (select count(*) from places) > 0 returning id),
    families as (
      insert into token_families (id, authorization_id, scopes)
      select family, yes, '{openid}' from crowd where (select count(*) from yeses) > 0 returning id)
    insert into tokens (hash, kind, app_id, family_id, payload, expires_at)
    select decode(md5(family::text), 'hex'), 'access-token', ${appId}::uuid, family, '{}', now() + interval '1 hour'
    from crowd where (select count(*) from families) > 0`)
}

describe('the receipt of a removal', () => {
  it('is there at once, counted to the end by a job, and says who, when and what else [P47]', async () => {
    for (const person of [member, await makeMember(here)]) {
      const yes = await makeAuthorization(person, app, here)
      await makeTokenFamily(yes, app)
      await makeTokenFamily(yes, app)
    }
    const { removalId } = await removeForEveryone(as(here.owner), { ...named(), alsoBlock: true })

    const begun = { kind: 'app', isCounted: false, authorizations: 0, isBlocked: true, isEntryRemoved: false }
    expect(await receiptOf(removalId)).toMatchObject({ ...begun, removedBy: here.owner.fullName })
    const numbers = { authorizations: 2, families: 4, tokens: 8 }
    expect(await counted(removalId)).toMatchObject({
      ...numbers,
      isCounted: true,
      apps: 1,
      removedAt: expect.any(Date),
      person: null,
      jwtsUntil: null,
      parts: [{ app: { id: app.id, name: app.name }, person: null, ...numbers }],
    })
    // Asked for once more, nothing is counted twice.
    expect(await counted(removalId)).toMatchObject(numbers)
  })

  it('counts what stood then, whatever came, left or ended since', async () => {
    const yes = await makeAuthorization(member, app, here)
    await makeTokenFamily(yes, app)
    const leaver = await makeMember(here)
    await makeTokenFamily(await makeAuthorization(leaver, app, here), app)
    const goneBefore = await makeMember(here)
    await makeTokenFamily(await makeAuthorization(goneBefore, app, here), app)
    const leave = (who: MadeUser) =>
      database().update(memberships).set({ endedAt: sql`now()` }).where(eq(memberships.userId, who.id))
    await leave(goneBefore)

    const removalId = await removed()
    await leave(leaver)
    await database().update(tokens).set({ endedAt: sql`now()` }).where(eq(tokens.appId, app.id))
    await makeTokenFamily(await makeAuthorization(member, app, here), app)

    expect(await counted(removalId)).toMatchObject({ authorizations: 2, families: 2, tokens: 4 })
  })

  it('goes on from where a count was broken off, and of two counts at once one counts', async () => {
    await makeCrowd(2_300)
    const removalId = await removed()
    let looked = 0
    const killed = {
      throwIfAborted: () => {
        looked += 1
        if (looked > 2) throw new Error('killed')
      },
    } as AbortSignal
    await expect(countRemoval({ removalId: removalId ?? '' }, { abortSignal: killed })).rejects.toThrow(
      'killed',
    )
    expect(await receiptOf(removalId)).toMatchObject({
      authorizations: 2_000,
      isCounted: false,
    })

    await Promise.all([counted(removalId), counted(removalId)])

    expect(await counted(removalId)).toMatchObject({
      authorizations: 2_301,
      families: 2_300,
      tokens: 2_300,
      isCounted: true,
    })
  })

  it('is set going again when whoever counted it died', async () => {
    await makeAuthorization(member, app, here)
    const removalId = (await removed()) as Id<'removal'>
    const jobs = () => database().execute(sql`select from graphile_worker.jobs where key = ${removalId}`)
    await database().execute(sql`select graphile_worker.remove_job(${removalId})`)
    await resumeRemovalCounts()
    expect(await jobs()).toHaveLength(0)
    await database()
      .update(removals)
      .set({ removedAt: sql`now() - interval '2 minutes'` })
      .where(eq(removals.id, removalId))
    await resumeRemovalCounts()
    expect(await jobs()).toHaveLength(1)
  })

  it('says until when JWTs may be accepted, and keeps it [AM-13]', async () => {
    const yes = await makeAuthorization(member, app, here)
    const familyId = await makeTokenFamily(yes, app)
    await database().update(tokens).set({ isJwt: true }).where(eq(tokens.familyId, familyId))
    const soon = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 120_000)
    await database().update(installations).set({ jwtsUntil: soon }).where(eq(installations.appId, app.id))
    const removalId = await removed()

    expect((await receiptOf(removalId)).jwtsUntil).toEqual(soon)
    expect((await counted(removalId)).jwtsUntil).toEqual(soon)
    // Somebody authorized it anew: their JWTs are not the removal's.
    const later = new Date(soon.getTime() + 3_600_000)
    await database().update(installations).set({ jwtsUntil: later }).where(eq(installations.appId, app.id))
    expect((await receiptOf(removalId)).jwtsUntil).toEqual(soon)
  })

  it('is made for one person’s authorization too, also when they take it back themselves', async () => {
    const yes = await makeAuthorization(member, app, here)
    await makeTokenFamily(yes, app)
    const { removalId } = await removeAuthorization(as(member), { authorizationId: yes })
    expect(await counted(removalId)).toMatchObject({
      kind: 'people',
      removedBy: member.fullName,
      authorizations: 1,
      families: 1,
      tokens: 2,
      parts: [{ person: { id: member.id, name: member.fullName } }],
    })
  })

  it('tells how many were chosen, of whom it shows the first fifty, by the names of that day', async () => {
    await makeCrowd(REMOVALS_SHOWN_MAX + 5)
    const yeses = await database().select().from(authorizations).where(eq(authorizations.appId, app.id))
    const authorizationIds = yeses.map(({ id }) => id)
    const all = REMOVALS_SHOWN_MAX + 6
    const { removalId } = await removeChosenPeople(as(here.owner), { ...named(), authorizationIds })
    const crowd = {
      kind: 'people',
      apps: 1,
      app: { id: app.id, name: app.name },
      person: null,
      partsTotal: all,
    }
    const receipt = await counted(removalId)
    expect(receipt).toMatchObject(crowd)
    expect(receipt.parts).toHaveLength(REMOVALS_SHOWN_MAX)
    expect((await listRemovals(as(here.owner), root())).rows).toMatchObject([crowd])

    const yes = await makeAuthorization(member, app, here)
    const { removalId: ofOne } = await removeAuthorization(as(here.owner), { authorizationId: yes })
    await changeName(as(member), { fullName: 'Somebody Else' })
    const person = { id: member.id, name: member.fullName }
    expect(await receiptOf(ofOne)).toMatchObject({ person, partsTotal: 1, parts: [{ person }] })
  })

  it('is made for a block that ends something, and for none that ends nothing [P108]', async () => {
    await makeTokenFamily(await makeAuthorization(member, app, here), app)
    const { removalId } = await blockApp(as(here.owner), named())
    expect(await counted(removalId)).toMatchObject({ kind: 'app', isBlocked: true, tokens: 2 })
    const unused = await makeApp({ organization: here })
    expect(await blockApp(as(here.owner), { ...root(), appId: unused.id })).toEqual({ removalId: null })
  })

  it('is made in each organization when the publisher ends everything, naming nobody of the publisher', async () => {
    await makeTokenFamily(await makeAuthorization(member, app, here), app)
    await makeAuthorization(elsewhere.owner, app, elsewhere)
    await revokeApp(as(elsewhere.owner), { appId: app.id })
    const { rows } = await listRemovals(as(here.owner), named())
    expect(rows).toMatchObject([{ kind: 'publisher', removedBy: app.name }])
    expect(await counted(rows[0]?.removalId ?? null)).toMatchObject({ authorizations: 1, tokens: 2 })
    const abroad = await listRemovals(as(elsewhere.owner), { rootOrganizationId: elsewhere.id })
    expect(abroad.rows).toMatchObject([{ kind: 'publisher', removedBy: elsewhere.owner.fullName }])
  })

  it('is named by the event in the audit log, and listed with the app’s, the latest first', async () => {
    const ids = []
    for (let round = 0; round < 2; round += 1) {
      await makeAuthorization(member, app, here)
      ids.push(await removed())
    }
    const told = await database()
      .select()
      .from(events)
      .where(eq(events.rootOrganizationId, here.id))
      .orderBy(events.id)
    expect(told.map(({ details }) => details.removalId).filter(Boolean)).toEqual(ids)
    const { rows } = await listRemovals(as(here.owner), named())
    expect(rows.map((row) => row.removalId)).toEqual(ids.toReversed())
    const other = await makeApp({ organization: here })
    expect(await listRemovals(as(here.owner), { ...root(), appId: other.id })).toEqual({
      rows: [],
      next: null,
    })
  })

  it('shows itself to whoever may see authorizations here, and to nobody else', async () => {
    await makeAuthorization(member, app, here)
    const removalId = (await removed()) as Id<'removal'>
    await expect(getRemoval(as(member), { ...root(), removalId })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(getRemoval(as(elsewhere.owner), { ...root(), removalId })).rejects.toMatchObject({
      code: 'not-found',
    })
    const abroad = { rootOrganizationId: elsewhere.id, removalId }
    await expect(getRemoval(as(elsewhere.owner), abroad)).rejects.toMatchObject({ code: 'not-found' })
    await expect(listRemovals(as(member), root())).rejects.toMatchObject({ code: 'forbidden' })
    await expect(receiptOf(newId('removal'))).rejects.toMatchObject({ code: 'not-found' })
    expect(
      await database().select().from(authorizations).where(eq(authorizations.appId, app.id)),
    ).toHaveLength(1)
  })
})
