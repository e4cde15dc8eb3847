import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { database, transaction } from '#db/client'
import { allowlistEntries } from '#db/schema/allowlist'
import { events } from '#db/schema/audit'
import { authorizations, tokens } from '#db/schema/authorizations'
import { type Id, newId } from '#lib/base/ids'
import { isRefusal } from '#lib/base/refusal'
import { as, asThrough } from '#test/actors'
import { countLive, makeAuthorization, makeManyMore, makeTokenFamily } from '#test/authorizations'
import {
  type MadeApp,
  type MadeOrganization,
  type MadeUser,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeOrganization,
} from '#test/factories'
import { countRemoval } from '../installations/count-removal.ts'
import { freezeApp } from '../installations/freeze-app.ts'
import { getRemoval } from '../installations/get-removal.ts'
import { openInstallation } from '../installations/open-installation.ts'
import { raiseEpoch } from '../installations/raise-epoch.ts'
import { PREVIEW_COUNTED_MAX, RECEIPT_COUNTED_MAX } from '../installations/schema.ts'
import { unblockApp } from '../installations/unblock-app.ts'
import { unfreezeApp } from '../installations/unfreeze-app.ts'
import { authorizeApp } from './authorize-app.ts'
import { countTokensOfApp } from './count-tokens-of-app.ts'
import { getAuthorizedApp } from './get-authorized-app.ts'
import { getVerdict } from './get-verdict.ts'
import { listAuthorizedApps } from './list-authorized-apps.ts'
import { listPeopleOfApp } from './list-people-of-app.ts'
import { openConsent } from './open-consent.ts'
import { presentMembership } from './present-membership.ts'
import { previewRemoval } from './preview-removal.ts'
import { removeAuthorization } from './remove-authorization.ts'
import { removeForEveryone } from './remove-for-everyone.ts'

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

const named = () => ({ rootOrganizationId: here.id, appId: app.id })
const wish = () => ({ ...named(), scopes: ['openid', 'profile'] })
const recorded = async () => {
  const rows = await database()
    .select()
    .from(events)
    .where(eq(events.rootOrganizationId, here.id))
    .orderBy(events.id)
  return rows.map(({ name, actorName, details }) => ({ name, actorName, ...details }))
}

describe('removeForEveryone', () => {
  it('ends every yes and token of the app’s people here, and of nobody elsewhere [P40] [P41] [P44]', async () => {
    for (const person of [member, await makeMember(here)]) {
      const yes = await makeAuthorization(person, app, here)
      await makeTokenFamily(yes, app)
      await makeTokenFamily(yes, app)
    }
    const abroad = await makeAuthorization(elsewhere.owner, app, elsewhere)
    await makeTokenFamily(abroad, app)
    expect(await countLive(app, here)).toEqual({ people: 2, tokens: 8 })

    const receipt = await removeForEveryone(as(here.owner), named())

    expect(receipt).toEqual({
      people: 2,
      families: 4,
      tokens: 8,
      isExact: true,
      removalId: expect.any(String),
      isBlocked: false,
      isFrozen: false,
      isEntryRemoved: false,
      jwtsUntil: null,
    })
    expect(await countLive(app, here)).toEqual({ people: 0, tokens: 0 })
    expect(await countLive(app, elsewhere)).toEqual({ people: 1, tokens: 2 })
  })

  it('leaves nothing to bring back: who consents anew gets a yes of its own [P42] [P43]', async () => {
    const before = await makeAuthorization(member, app, here)
    await makeTokenFamily(before, app)
    await removeForEveryone(as(here.owner), named())
    expect(await getVerdict({ ...wish(), userId: member.id, address: null })).toMatchObject({
      kind: 'consent',
      isWidening: false,
      withheld: [],
    })
    const after = await makeAuthorization(member, app, here)
    expect(after).not.toBe(before)
    expect(await countLive(app, here)).toEqual({ people: 1, tokens: 0 })
  })

  it('leaves a frozen app frozen, says so, and keeps it in sight until it is unfrozen [P43]', async () => {
    await makeAuthorization(member, app, here)
    await freezeApp(as(here.owner), named())
    expect(await previewRemoval(as(here.owner), named())).toMatchObject({ isFrozen: true })
    const { isFrozen, removalId } = await removeForEveryone(as(here.owner), named())
    expect(isFrozen).toBe(true)
    expect(
      await getRemoval(as(here.owner), {
        rootOrganizationId: here.id,
        removalId: removalId ?? newId('removal'),
      }),
    ).toMatchObject({ frozen: 1 })
    const verdict = () => getVerdict({ ...wish(), userId: member.id, address: null })
    expect(await verdict()).toEqual({ kind: 'paused' })
    const rows = async () =>
      (await listAuthorizedApps(as(here.owner), { rootOrganizationId: here.id })).rows.map(
        ({ appId, people }) => ({ appId, people }),
      )
    expect(await rows()).toEqual([{ appId: app.id, people: 0 }])
    await unfreezeApp(as(here.owner), named())
    expect(await verdict()).toMatchObject({ kind: 'consent' })
    expect(await rows()).toEqual([])
  })

  it('ends the freeze with a block, and records that [P108]', async () => {
    await makeAuthorization(member, app, here)
    await freezeApp(as(here.owner), named())
    const receipt = await removeForEveryone(as(here.owner), { ...named(), alsoBlock: true })
    expect(receipt).toMatchObject({ isBlocked: true, isFrozen: false })
    expect((await recorded()).at(-1)).toMatchObject({ name: 'installation.blocked', endsFreeze: true })
    await unblockApp(as(here.owner), named())
    expect(await getVerdict({ ...wish(), userId: member.id, address: null })).toMatchObject({
      kind: 'consent',
    })
  })

  it('has a token born dead that is issued for a yes from before', async () => {
    const before = await makeAuthorization(member, app, here)
    await removeForEveryone(as(here.owner), named())
    await makeTokenFamily(before, app)
    expect(await countLive(app, here)).toEqual({ people: 0, tokens: 0 })
  })

  it('writes one entry with app, actor and counts [P47]', async () => {
    await makeTokenFamily(await makeAuthorization(member, app, here), app)
    await removeForEveryone(as(here.owner), named())
    expect((await recorded()).slice(1)).toEqual([
      {
        name: 'authorizations.removed-for-everyone',
        actorName: here.owner.fullName,
        people: 1,
        families: 1,
        tokens: 2,
        isExact: true,
        removalId: expect.any(String),
      },
    ])
  })

  it('also blocks and also takes off the allowlist, if asked, in the same transaction [P43]', async () => {
    await makeAuthorization(member, app, here)
    await database()
      .insert(allowlistEntries)
      .values({
        id: newId('entry'),
        rootOrganizationId: here.id,
        appId: app.id,
        scopes: ['openid'],
        origin: 'administrator',
      })
    const both = { ...named(), alsoBlock: true, alsoRemoveEntry: true }
    expect(await removeForEveryone(as(here.owner), both)).toMatchObject({
      people: 1,
      isBlocked: true,
      isEntryRemoved: true,
    })
    expect(await getVerdict({ ...wish(), userId: member.id, address: null })).toEqual({ kind: 'blocked' })
    const [entry] = await database().select().from(allowlistEntries).where(eq(allowlistEntries.appId, app.id))
    expect(entry).toMatchObject({ endedBy: here.owner.id })
    expect((await recorded()).slice(1).map(({ name }) => name)).toEqual([
      'authorizations.removed-for-everyone',
      'installation.blocked',
      'allowlist.entry-removed',
    ])
    await unblockApp(as(here.owner), named())
    expect(await countLive(app, here)).toEqual({ people: 0, tokens: 0 })
  })

  it('counts only families that hold a token which could still be used', async () => {
    const yes = await makeAuthorization(member, app, here)
    const familyId = await makeTokenFamily(yes, app)
    await makeTokenFamily(yes, app)
    await database()
      .update(tokens)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(tokens.familyId, familyId))
    const people = await listPeopleOfApp(as(here.owner), named())
    expect(people.rows).toMatchObject([{ families: 1 }])
    expect(await previewRemoval(as(here.owner), named())).toMatchObject({ families: 1, tokens: 2 })
    expect(await removeForEveryone(as(here.owner), named())).toMatchObject({ families: 1, tokens: 2 })
  })

  it('says “at least” of many, and tells the whole count to whoever asks afterwards [P47]', async () => {
    const many = RECEIPT_COUNTED_MAX + 2
    const people = await Promise.all(Array.from({ length: many }, () => makeMember(here)))
    for (const person of people) await makeTokenFamily(await makeAuthorization(person, app, here), app)
    const abroad = await makeAuthorization(elsewhere.owner, app, elsewhere)
    await makeTokenFamily(abroad, app)
    expect(await previewRemoval(as(here.owner), named())).toMatchObject({ people: many, isExact: true })

    const receipt = await removeForEveryone(as(here.owner), named())

    expect(receipt).toMatchObject({ people: RECEIPT_COUNTED_MAX + 1, isExact: false })
    expect(receipt.tokens).toBeLessThan(many * 2)
    // Whatever came after the removal is not in it.
    await makeTokenFamily(await makeAuthorization(member, app, here), app)
    const removalId = receipt.removalId as Id<'removal'>
    await countRemoval({ removalId })
    const { authorizations, families, tokens } = await getRemoval(as(here.owner), {
      rootOrganizationId: here.id,
      removalId,
    })
    expect({ authorizations, families, tokens }).toEqual({
      authorizations: many,
      families: many,
      tokens: many * 2,
    })
  })

  it('shows people exactly, of families and tokens at least those of the first ones [P40]', async () => {
    const yes = await makeAuthorization(member, app, here)
    await makeManyMore(PREVIEW_COUNTED_MAX - 1, member, here)
    await makeTokenFamily(yes, app)
    const shown = async () => {
      const [details, counted] = await Promise.all([
        getAuthorizedApp(as(here.owner), named()),
        countTokensOfApp(as(here.owner), named()),
      ])
      return [await previewRemoval(as(here.owner), named()), { ...details, ...counted }]
    }
    for (const one of await shown())
      expect(one).toMatchObject({ people: PREVIEW_COUNTED_MAX, families: 1, tokens: 2, isExact: true })

    for (const person of [await makeMember(here), await makeMember(here)])
      await makeAuthorization(person, app, here)

    for (const one of await shown())
      expect(one).toMatchObject({ people: PREVIEW_COUNTED_MAX + 2, isExact: false })
  })

  it('refuses to remove what somebody removed meanwhile, says who, and writes nothing', async () => {
    const admin = await makeMember(here, 'administrator')
    await makeAuthorization(member, app, here)
    await removeForEveryone(as(admin), { ...named(), alsoBlock: true })
    const before = await recorded()
    for (const also of [{}, { alsoBlock: true }, { alsoRemoveEntry: true }]) {
      await expect(removeForEveryone(as(here.owner), { ...named(), ...also })).rejects.toMatchObject({
        code: 'conflict',
        sentence: `${admin.fullName} has already removed ${app.name}: nobody here uses it any more. It is blocked.`,
      })
    }
    expect(await recorded()).toEqual(before)
  })

  it('refuses to remove what nobody uses, but still blocks it if asked', async () => {
    await expect(removeForEveryone(as(here.owner), named())).rejects.toMatchObject({
      code: 'conflict',
      sentence: `Nobody here uses ${app.name}: there is nothing to remove.`,
    })
    expect(await removeForEveryone(as(here.owner), { ...named(), alsoBlock: true })).toMatchObject({
      people: 0,
      isBlocked: true,
    })
    expect((await recorded()).map(({ name }) => name)).toEqual(['installation.blocked'])
  })

  it('refuses whoever does not administer the root organization, and ends nothing [P46]', async () => {
    await makeAuthorization(member, app, here)
    const group = await makeBusinessGroup(here)
    for (const person of [
      member,
      await makeMember(here, 'developer'),
      await makeMember(group, 'administrator'),
    ]) {
      await expect(removeForEveryone(as(person), named())).rejects.toMatchObject({ code: 'forbidden' })
    }
    await expect(removeForEveryone(as(elsewhere.owner), named())).rejects.toMatchObject({ code: 'not-found' })
    expect(await countLive(app, here)).toMatchObject({ people: 1 })
  })

  it('refuses an app’s token that may remove but not change entries, and ends nothing', async () => {
    await makeAuthorization(member, app, here)
    const actor = asThrough(here.owner, app, ['authorizations:remove', 'organizations:read'], here.id)
    const both = { ...named(), alsoRemoveEntry: true }
    await expect(removeForEveryone(actor, both)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await countLive(app, here)).toMatchObject({ people: 1 })
  })
})

describe('Remove against consent', () => {
  const removeOrFindNothing = () =>
    removeForEveryone(as(here.owner), named()).catch((thrown: unknown) => {
      if (isRefusal(thrown) && thrown.code === 'conflict') return { people: 0 }
      throw thrown
    })

  it('counts or outlives every yes: none is alive and forgotten', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => makeMember(here)))
    for (let round = 0; round < 12; round += 1) {
      const at = round % people.length
      const consents = people.map((person) => () => authorizeApp(as(person), wish()))
      const remove = () => removeOrFindNothing()
      const results = await Promise.all(
        [...consents.slice(0, at), remove, ...consents.slice(at)].map((run) => run()),
      )
      const receipt = results[at] as Awaited<ReturnType<typeof remove>>
      const { people: alive } = await countLive(app, here)
      expect(receipt.people + alive).toBe(people.length)
      await removeOrFindNothing()
    }
  })

  it('waits for a yes that is being recorded, and counts it', async () => {
    let finish = () => {}
    const mayFinish = new Promise<void>((resolve) => {
      finish = resolve
    })
    const recording = transaction(async (tx) => {
      const { installationId, epoch } = await openConsent(tx, here.id, app.id)
      remove = removeForEveryone(as(here.owner), named())
      await tx.insert(authorizations).values({
        ...wish(),
        id: newId('authorization'),
        userId: member.id,
        membershipId: presentMembership({ userId: member.id, rootOrganizationId: here.id }),
        installationId,
        epoch,
      })
      await mayFinish
    })
    let remove: ReturnType<typeof removeForEveryone> | undefined
    finish()
    await recording
    expect(await remove).toMatchObject({ people: 1 })
    expect(await countLive(app, here)).toMatchObject({ people: 0 })
  })

  it('lets a yes wait that comes meanwhile, and leaves it alive', async () => {
    let consent: ReturnType<typeof authorizeApp> | undefined
    await transaction(async (tx) => {
      const installation = await openInstallation(tx, as(here.owner), named(), 'authorizations.remove')
      consent = authorizeApp(as(member), wish())
      await raiseEpoch(tx, installation)
    })
    await consent
    expect(await countLive(app, here)).toMatchObject({ people: 1 })
  })
})

describe('removeAuthorization', () => {
  it('ends a person’s own yes and its tokens, and nobody else’s [P46]', async () => {
    const other = await makeMember(here)
    const mine = await makeAuthorization(member, app, here)
    await makeTokenFamily(mine, app)
    await makeTokenFamily(await makeAuthorization(other, app, here), app)
    expect(await removeAuthorization(as(member), { authorizationId: mine })).toEqual({
      people: 1,
      isExact: true,
      families: 1,
      tokens: 2,
      removalId: expect.any(String),
      jwtsUntil: null,
    })
    expect(await countLive(app, here)).toEqual({ people: 1, tokens: 2 })
    expect((await recorded()).at(-1)).toMatchObject({
      name: 'authorization.removed',
      person: member.fullName,
      tokens: 2,
    })
    const [row] = await database().select().from(authorizations).where(eq(authorizations.id, mine))
    expect(row).toMatchObject({ endedBy: member.id, endedReason: 'removed-by-person' })
  })

  it('lets an administrator end one person’s yes', async () => {
    const yes = await makeAuthorization(member, app, here)
    await removeAuthorization(as(here.owner), { authorizationId: yes })
    const [row] = await database().select().from(authorizations).where(eq(authorizations.id, yes))
    expect(row).toMatchObject({ endedBy: here.owner.id, endedReason: 'removed-by-administrator' })
  })

  it('refuses another member, a stranger, and an unknown id, all alike [P46]', async () => {
    const yes = await makeAuthorization(member, app, here)
    const other = await makeMember(here)
    const [known, unknown] = await Promise.all(
      [yes, newId('authorization')].map((authorizationId) =>
        removeAuthorization(as(other), { authorizationId }).catch(({ code, sentence }) => ({
          code,
          sentence,
        })),
      ),
    )
    expect(known).toEqual(unknown)
    expect(known).toMatchObject({ code: 'forbidden' })
    await expect(removeAuthorization(as(elsewhere.owner), { authorizationId: yes })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(await countLive(app, here)).toMatchObject({ people: 1 })
  })

  it('refuses the person’s own app to do it in their name without the scope', async () => {
    const yes = await makeAuthorization(member, app, here)
    const actor = asThrough(member, app, ['profile'], here.id)
    await expect(removeAuthorization(actor, { authorizationId: yes })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('refuses a yes that has ended already', async () => {
    const yes = await makeAuthorization(member, app, here)
    await removeForEveryone(as(here.owner), named())
    await expect(removeAuthorization(as(here.owner), { authorizationId: yes })).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})
