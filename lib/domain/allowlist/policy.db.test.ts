import { and, eq, isNull, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { database, transaction } from '#db/client'
import { allowlistEntries } from '#db/schema/allowlist'
import { events } from '#db/schema/audit'
import { authorizations } from '#db/schema/authorizations'
import { newId } from '#lib/base/ids'
import { as, asApp, asThrough } from '#test/actors'
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
import { rounds } from '#test/rounds'
import { authorizeApp } from '../authorizations/authorize-app.ts'
import { getVerdict } from '../authorizations/get-verdict.ts'
import { openConsent } from '../authorizations/open-consent.ts'
import { presentMembership } from '../authorizations/present-membership.ts'
import { removeForEveryone } from '../authorizations/remove-for-everyone.ts'
import { disableApp } from '../connected-apps/disable-app.ts'
import { blockApp } from '../installations/block-app.ts'
import { freezeApp } from '../installations/freeze-app.ts'
import { unblockApp } from '../installations/unblock-app.ts'
import { addEntry } from './add-entry.ts'
import { close } from './close.ts'
import { draftRequest } from './draft-request.ts'
import { getPolicy } from './get-policy.ts'
import { previewPolicy } from './preview-policy.ts'
import { removeEntry } from './remove-entry.ts'
import { requestApproval } from './request-approval.ts'
import { restrict } from './restrict.ts'
import { setInternalAutoApproval } from './set-internal-auto-approval.ts'
import { trimEntry } from './trim-entry.ts'
import { unrestrict } from './unrestrict.ts'

let here: MadeOrganization
let elsewhere: MadeOrganization
let member: MadeUser
let root: { rootOrganizationId: MadeOrganization['id'] }

beforeEach(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
  member = await makeMember(here)
  root = { rootOrganizationId: here.id }
})

const SCOPES = ['openid', 'profile', 'email']
const outside = () => makeApp({ organization: elsewhere, audience: 'everyone', scopes: SCOPES })
const internal = () => makeApp({ organization: here, scopes: SCOPES })
const entries = async () => {
  return Object.fromEntries((await entryRows()).map((row) => [row.appId, row.scopes]))
}
const entryRows = () =>
  database()
    .select()
    .from(allowlistEntries)
    .where(and(eq(allowlistEntries.rootOrganizationId, here.id), isNull(allowlistEntries.endedAt)))
    .orderBy(allowlistEntries.id)
const verdict = async (user: MadeUser, app: MadeApp, ...scopes: string[]) =>
  (await getVerdict({ userId: user.id, appId: app.id, rootOrganizationId: here.id, scopes, address: null }))
    .kind
const recorded = async () => {
  const rows = await database()
    .select()
    .from(events)
    .where(eq(events.rootOrganizationId, here.id))
    .orderBy(events.id)
  return rows
    .filter((row) => row.name.startsWith('allowlist.'))
    .map(({ name, details }) => ({ name, ...details }))
}

describe('a new organization', () => {
  it('is unrestricted [P48]', async () => {
    expect(await getPolicy(as(here.owner), here.id)).toMatchObject({
      mode: 'unrestricted',
      internalAutoApproval: true,
      changed: null,
      entries: 0,
    })
  })
})

describe('restrict', () => {
  it('lists each app with a live yes, with all that its yeses hold, and nothing else [P51] [P54]', async () => {
    const [used, unused, removed, itself] = [
      await outside(),
      await outside(),
      await outside(),
      await makeApp({ organization: here, actsAs: 'itself' }),
    ]
    const mine = await internal()
    await makeAuthorization(member, used, here, ['profile'])
    await makeAuthorization(await makeMember(here), used, here, ['email', 'openid'])
    await makeAuthorization(elsewhere.owner, unused, elsewhere, ['openid'])
    await makeAuthorization(member, removed, here)
    await removeForEveryone(as(here.owner), { ...root, appId: removed.id })
    await makeAuthorization(member, mine, here, ['openid'])

    expect(await restrict(as(here.owner), root)).toEqual({ listed: 2 })

    expect(await entries()).toEqual({ [used.id]: ['email', 'openid', 'profile'], [mine.id]: ['openid'] })
    expect(Object.keys(await entries())).not.toContain(itself.id)
    expect(await verdict(member, unused, 'openid')).toBe('approval-needed')
    expect(await recorded()).toEqual([
      { name: 'allowlist.policy-changed', before: 'unrestricted', after: 'restricted', listed: 2 },
    ])
  })

  it('lists an app that was authorized for nothing at all', async () => {
    const app = await outside()
    await makeAuthorization(member, app, here, [])
    await restrict(as(here.owner), root)
    expect(await entries()).toEqual({ [app.id]: [] })
    expect(await verdict(await makeMember(here), app)).toBe('consent')
  })

  it('is noticed by no app that runs: tokens, what a yes covers, and new people for the same scopes [P53]', async () => {
    const app = await outside()
    await makeTokenFamily(await makeAuthorization(member, app, here, ['openid', 'profile']), app)
    await restrict(as(here.owner), root)
    expect(await countLive(app, here)).toEqual({ people: 1, tokens: 2 })
    expect(await verdict(member, app, 'openid')).toBe('allow')
    expect(await verdict(await makeMember(here), app, 'openid', 'profile')).toBe('consent')
    expect(await verdict(member, app, 'email')).toBe('approval-needed')
  })

  it('keeps the list from before, adds what is new, and never lists what is blocked [P58]', async () => {
    const [kept, fresh, blocked] = [await outside(), await outside(), await outside()]
    await makeAuthorization(member, kept, here, ['openid'])
    await makeAuthorization(member, blocked, here, ['openid'])
    await restrict(as(here.owner), root)
    await unrestrict(as(here.owner), root)
    expect(await verdict(await makeMember(here), fresh, 'openid')).toBe('consent')
    await blockApp(as(here.owner), { ...root, appId: blocked.id })
    await removeForEveryone(as(here.owner), { ...root, appId: blocked.id, alsoRemoveEntry: true })
    await removeForEveryone(as(here.owner), { ...root, appId: kept.id })
    await makeAuthorization(await makeMember(here), kept, here, ['profile'])
    await makeAuthorization(member, fresh, here, ['email'])
    await restrict(as(here.owner), root)
    expect(await entries()).toEqual({ [kept.id]: ['openid', 'profile'], [fresh.id]: ['email'] })
    expect(await verdict(member, blocked, 'openid')).toBe('blocked')
    await unblockApp(as(here.owner), { ...root, appId: blocked.id })
    expect(await verdict(member, blocked, 'openid')).toBe('approval-needed')
  })

  it('leaves an entry alone that holds what is used, more than that, or nothing as nothing is [P58]', async () => {
    const [same, wider, empty] = [await outside(), await outside(), await outside()]
    await makeAuthorization(member, same, here, ['openid'])
    await makeAuthorization(member, empty, here, [])
    await addEntry(as(here.owner), { ...root, clientId: wider.clientId, scopes: SCOPES })
    await makeAuthorization(member, wider, here, ['email'])
    expect(await restrict(as(here.owner), root)).toEqual({ listed: 2 })
    const before = await entryRows()
    await unrestrict(as(here.owner), root)

    expect(await restrict(as(await makeMember(here, 'administrator')), root)).toEqual({ listed: 0 })

    expect(await entryRows()).toEqual(before)
    expect(before).toHaveLength(3)
  })

  it('lists an app anew whose entry’s end has come, with what was authorized since', async () => {
    const app = await outside()
    await addEntry(as(here.owner), { ...root, clientId: app.clientId, scopes: SCOPES })
    await database()
      .update(allowlistEntries)
      .set({ endsAt: sql`now() - interval '1 hour'`, endSetAt: sql`now() - interval '1 day'` })
      .where(eq(allowlistEntries.appId, app.id))
    await makeAuthorization(member, app, here, ['email'])
    const preview = await previewPolicy(as(here.owner), { ...root, mode: 'restricted' })
    expect(preview.apps).toMatchObject([{ appId: app.id, outcome: 'will-be-listed', entry: ['email'] }])

    await restrict(as(here.owner), { ...root, expectedFingerprint: preview.fingerprint })

    expect(await entryRows()).toMatchObject([{ appId: app.id, scopes: ['email'], version: 2, endsAt: null }])
  })

  it('touches no other organization', async () => {
    const app = await outside()
    await restrict(as(here.owner), root)
    const wish = {
      userId: elsewhere.owner.id,
      appId: app.id,
      rootOrganizationId: elsewhere.id,
      scopes: ['openid'],
    }
    expect((await getVerdict({ ...wish, address: null })).kind).toBe('consent')
  })

  it('lists an app with as many scopes as an app can have', async () => {
    const scopes = Array.from({ length: 1000 }, (_, at) => `api-${at}:${'x'.repeat(80)}`).sort()
    const app = await makeApp({ organization: elsewhere, audience: 'everyone', scopes })
    await makeAuthorization(member, app, here, scopes)
    await restrict(as(here.owner), root)
    expect((await entries())[app.id]).toEqual(scopes)
  })

  it('pressed twice at once lists once and is recorded once', async () => {
    await makeAuthorization(member, await outside(), here)
    const listed = await Promise.all([restrict(as(here.owner), root), restrict(as(here.owner), root)])
    expect(listed.map((one) => one.listed).sort()).toEqual([0, 1])
    expect(await recorded()).toHaveLength(1)
  })
})

describe('the preview', () => {
  it('says what will be listed, what keeps running and what will need approval, and the switch does that [P51]', async () => {
    const [used, gone] = [await outside(), await outside()]
    const mine = await internal()
    await makeAuthorization(member, used, here, ['openid'])
    await makeAuthorization(member, mine, here, ['openid'])
    await makeAuthorization(await makeMember(here), mine, here, ['openid'])
    await makeAuthorization(member, gone, here)
    await removeForEveryone(as(here.owner), { ...root, appId: gone.id })

    const preview = await previewPolicy(as(here.owner), { ...root, mode: 'restricted' })

    expect(preview.groups).toEqual({
      'will-be-listed': { apps: 1, people: 1, listed: 1 },
      'keeps-running': { apps: 1, people: 2, listed: 1 },
      'will-need-approval': { apps: 1, people: 0, listed: 0 },
    })
    expect(preview.apps.map(({ appId, outcome, people }) => ({ appId, outcome, people }))).toEqual([
      { appId: mine.id, outcome: 'keeps-running', people: 2 },
      { appId: used.id, outcome: 'will-be-listed', people: 1 },
      { appId: gone.id, outcome: 'will-need-approval', people: 0 },
    ])
    expect(await recorded()).toEqual([])
    await restrict(as(here.owner), { ...root, expectedFingerprint: preview.fingerprint })
    expect(Object.keys(await entries()).sort()).toEqual([used.id, mine.id].sort())
  })

  it('counts who uses several apps once among those that have the same coming [P51]', async () => {
    const [one, other] = [await outside(), await outside()]
    for (const app of [one, other]) await makeAuthorization(member, app, here, ['openid'])
    await makeAuthorization(await makeMember(here), other, here, ['openid'])
    const { groups } = await previewPolicy(as(here.owner), { ...root, mode: 'restricted' })
    expect(groups).toEqual({ 'will-be-listed': { apps: 2, people: 2, listed: 2 } })
  })

  it('counts everybody where the people of the most used apps turn out to be the same', async () => {
    const apps = [await outside(), await outside(), await outside()]
    for (const app of apps) await makeAuthorization(member, app, here, ['openid'])
    await makeManyMore(5_999, member, here)
    await makeAuthorization(await makeMember(here), await outside(), here, ['openid'])
    const { groups } = await previewPolicy(as(here.owner), { ...root, mode: 'restricted' })
    expect(groups).toEqual({ 'will-be-listed': { apps: 4, people: 6_001, listed: 4 } })
  }, 90_000)

  it('names an app that people asked for, and none that somebody was merely stopped at [P70]', async () => {
    const app = await outside()
    await restrict(as(here.owner), root)
    const { requestId } = await draftRequest(as(member), { ...root, appId: app.id, scopes: ['openid'] })
    const named = async () => {
      const { apps } = await previewPolicy(as(here.owner), { ...root, mode: 'closed' })
      return apps.map(({ appId }) => appId)
    }
    expect(await named()).toEqual([])
    await requestApproval(as(member), { requestId })
    expect(await named()).toEqual([app.id])
  })

  it('refuses the switch when its effect is another by now, and lets it pass when only people came', async () => {
    const app = await outside()
    await makeAuthorization(member, app, here, ['openid'])
    const { fingerprint } = await previewPolicy(as(here.owner), { ...root, mode: 'restricted' })
    await makeAuthorization(await makeMember(here), app, here, ['email'])
    const stale = restrict(as(here.owner), { ...root, expectedFingerprint: fingerprint })
    await expect(stale).rejects.toMatchObject({ code: 'conflict' })
    expect((await getPolicy(as(here.owner), here.id)).mode).toBe('unrestricted')

    const again = await previewPolicy(as(here.owner), { ...root, mode: 'restricted' })
    await makeAuthorization(await makeMember(here), app, here, ['email'])
    await restrict(as(here.owner), { ...root, expectedFingerprint: again.fingerprint })
    expect((await getPolicy(as(here.owner), here.id)).mode).toBe('restricted')
  })

  it('refuses the switch when as many apps have the same coming, and they are others', async () => {
    const [one, other] = [await outside(), await outside()]
    const authorize = (app: MadeApp) => makeAuthorization(member, app, here, ['openid'])
    for (const app of [one, other]) await authorize(app)
    await removeForEveryone(as(here.owner), { ...root, appId: other.id })
    const { fingerprint, groups } = await previewPolicy(as(here.owner), { ...root, mode: 'restricted' })
    await removeForEveryone(as(here.owner), { ...root, appId: one.id })
    await authorize(other)
    const now = await previewPolicy(as(here.owner), { ...root, mode: 'restricted' })
    expect(now.groups).toEqual(groups)

    const stale = restrict(as(here.owner), { ...root, expectedFingerprint: fingerprint })

    await expect(stale).rejects.toMatchObject({ code: 'conflict' })
    expect(await entries()).toEqual({})
  })

  it('refuses the switch when an app was blocked meanwhile, and none of a freeze, which changes no entry', async () => {
    const [blocked, frozen] = [await outside(), await outside()]
    for (const app of [blocked, frozen]) await makeAuthorization(member, app, here, ['openid'])
    const seen = () => previewPolicy(as(here.owner), { ...root, mode: 'restricted' })
    const stale = await seen()
    await blockApp(as(here.owner), { ...root, appId: blocked.id })
    const late = restrict(as(here.owner), { ...root, expectedFingerprint: stale.fingerprint })
    await expect(late).rejects.toMatchObject({ code: 'conflict' })

    const { fingerprint, apps } = await seen()
    expect(apps.map(({ appId, outcome }) => [appId, outcome])).toEqual([
      [frozen.id, 'will-be-listed'],
      [blocked.id, 'stays-blocked'],
    ])
    await freezeApp(as(here.owner), { ...root, appId: frozen.id })
    expect(await restrict(as(here.owner), { ...root, expectedFingerprint: fingerprint })).toEqual({
      listed: 1,
    })
  })

  it('of another mode lets that change pass while its effect is what was shown', async () => {
    const [used, listed] = [await outside(), await outside()]
    await makeAuthorization(member, used, here, ['openid'])
    await addEntry(as(here.owner), { ...root, clientId: listed.clientId, scopes: ['openid'] })
    await restrict(as(here.owner), root)
    const closing = await previewPolicy(as(here.owner), { ...root, mode: 'closed' })
    expect(Object.fromEntries(closing.apps.map((app) => [app.appId, app.outcome]))).toEqual({
      [used.id]: 'keeps-running',
      [listed.id]: 'no-new-people',
    })
    await close(as(here.owner), { ...root, expectedFingerprint: closing.fingerprint })
    const opening = await previewPolicy(as(here.owner), { ...root, mode: 'unrestricted' })
    await unrestrict(as(here.owner), { ...root, expectedFingerprint: opening.fingerprint })
    expect((await getPolicy(as(here.owner), here.id)).mode).toBe('unrestricted')
  })

  it('of Unrestricted is refused when less is listed wholly than was shown', async () => {
    const app = await outside()
    await makeAuthorization(member, app, here, SCOPES)
    await restrict(as(here.owner), root)
    const seen = () => previewPolicy(as(here.owner), { ...root, mode: 'unrestricted' })
    const { fingerprint, apps } = await seen()
    expect(apps).toMatchObject([{ appId: app.id, outcome: 'stays-open' }])
    await trimEntry(as(here.owner), { ...root, appId: app.id, remove: ['openid'] })

    const late = unrestrict(as(here.owner), { ...root, expectedFingerprint: fingerprint })

    await expect(late).rejects.toMatchObject({ code: 'conflict' })
    expect((await seen()).apps).toMatchObject([{ appId: app.id, outcome: 'open' }])
  })

  it('says all of an app, the most used first and by name, and of the others how many there are', async () => {
    const [mine, most] = [await makeApp({ organization: here, name: 'Zeta' }), await outside()]
    const off = await makeApp({
      organization: elsewhere,
      audience: 'everyone',
      scopes: SCOPES,
      name: 'Alpha',
    })
    for (const app of [mine, most, off]) await makeAuthorization(member, app, here, ['profile', 'openid'])
    await makeAuthorization(await makeMember(here), most, here, [])
    await disableApp(as(elsewhere.owner), { appId: off.id })
    await freezeApp(as(here.owner), { ...root, appId: off.id })

    const { apps, groups } = await previewPolicy(
      as(here.owner),
      { ...root, mode: 'restricted' },
      { shown: 2 },
    )

    expect(apps).toEqual([
      {
        appId: most.id,
        name: most.name,
        clientId: most.clientId,
        publisher: elsewhere.name,
        isInternal: false,
        held: null,
        people: 2,
        outcome: 'will-be-listed',
        entry: ['openid', 'profile'],
      },
      expect.objectContaining({ appId: off.id, held: 'disabled', outcome: 'will-be-listed' }),
    ])
    expect(groups).toEqual({
      'will-be-listed': { apps: 2, people: 2, listed: 2 },
      'keeps-running': { apps: 1, people: 1, listed: 1 },
    })
  })

  it('of another mode is refused when somebody changed the policy meanwhile', async () => {
    const { fingerprint } = await previewPolicy(as(here.owner), { ...root, mode: 'closed' })
    await restrict(as(here.owner), root)
    for (const verb of [close, unrestrict]) {
      await expect(verb(as(here.owner), { ...root, expectedFingerprint: fingerprint })).rejects.toMatchObject(
        { code: 'conflict' },
      )
    }
  })
})

describe('Restrict where it is in force already', () => {
  it('refuses whoever saw another effect or chose another switch, and changes nothing', async () => {
    const { fingerprint } = await previewPolicy(as(here.owner), { ...root, mode: 'restricted' })
    await restrict(as(here.owner), { ...root, internalAutoApproval: false })
    const policy = await getPolicy(as(here.owner), here.id)
    for (const late of [{ expectedFingerprint: fingerprint }, { internalAutoApproval: true }])
      await expect(restrict(as(here.owner), { ...root, ...late })).rejects.toMatchObject({ code: 'conflict' })
    const now = await previewPolicy(as(here.owner), { ...root, mode: 'restricted' })
    const same = { expectedFingerprint: now.fingerprint, internalAutoApproval: false }
    expect(await restrict(as(here.owner), { ...root, ...same })).toEqual({ listed: 0 })
    expect(await getPolicy(as(here.owner), here.id)).toEqual(policy)
  })

  it('of two who choose it with another switch at once, one is told', async () => {
    const both = await Promise.allSettled(
      [true, false].map((internalAutoApproval) =>
        restrict(as(here.owner), { ...root, internalAutoApproval }),
      ),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('the preview of Unrestricted', () => {
  it('tells what opens from what was open, and opens nothing that is frozen or disabled [P58]', async () => {
    const [listed, fresh, frozen] = [await outside(), await outside(), await outside()]
    await makeAuthorization(member, listed, here, SCOPES)
    await makeAuthorization(member, frozen, here, SCOPES)
    await freezeApp(as(here.owner), { ...root, appId: frozen.id })
    await makeAuthorization(member, fresh, here)
    await removeForEveryone(as(here.owner), { ...root, appId: fresh.id })
    const before = await previewPolicy(as(here.owner), { ...root, mode: 'restricted' })
    expect(before.listed).toEqual({ apps: 2, internal: 0 })
    await restrict(as(here.owner), { ...root, expectedFingerprint: before.fingerprint })

    const preview = await previewPolicy(as(here.owner), { ...root, mode: 'unrestricted' })

    expect(Object.fromEntries(preview.apps.map((app) => [app.appId, app.outcome]))).toEqual({
      [listed.id]: 'stays-open',
      [fresh.id]: 'open',
      [frozen.id]: 'stays-held',
    })
  })
})

describe('Restrict against consent', () => {
  it('includes a yes that is being recorded when it comes [P52]', async () => {
    const app = await outside()
    let restricting: ReturnType<typeof restrict> | undefined
    await transaction(async (tx) => {
      const { installationId, epoch } = await openConsent(tx, here.id, app.id)
      restricting = restrict(as(here.owner), root)
      const yes = {
        ...root,
        id: newId('authorization'),
        installationId,
        epoch,
        appId: app.id,
        userId: member.id,
        membershipId: presentMembership({ userId: member.id, ...root }),
      }
      await tx.insert(authorizations).values({ ...yes, scopes: ['openid'] })
    })
    await restricting
    expect(await entries()).toEqual({ [app.id]: ['openid'] })
  })

  it('lists every yes that got through, and lets none through after it without an entry [P52] [P62]', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => makeMember(here)))
    for (let round = 0; round < rounds(8); round += 1) {
      const apps = await Promise.all(people.map(outside))
      const wishes = people.map(
        (person, at) => () =>
          authorizeApp(as(person), { ...root, appId: apps[at]?.id ?? newId('app'), scopes: ['openid'] }).then(
            () => true,
            (refusal) => {
              expect(refusal).toMatchObject({ code: 'forbidden' })
              return false
            },
          ),
      )
      const at = round % people.length
      const switching = () => restrict(as(here.owner), root).then(() => true)
      const through = await Promise.all(
        [...wishes.slice(0, at), switching, ...wishes.slice(at)].map((run) => run()),
      )
      through.splice(at, 1)
      const listed = await entries()
      expect(apps.map((app) => app.id in listed)).toEqual(through)
      await unrestrict(as(here.owner), root)
    }
  })
})

describe('internal apps', () => {
  it('pass by themselves under Restricted until that is switched off, and again when it is on [P50] [P55] [P57]', async () => {
    const mine = await internal()
    await restrict(as(here.owner), root)
    expect(await verdict(member, mine, 'openid')).toBe('consent')
    await setInternalAutoApproval(as(here.owner), { ...root, isOn: false })
    expect(await verdict(member, mine, 'openid')).toBe('approval-needed')
    await setInternalAutoApproval(as(here.owner), { ...root, isOn: true })
    expect(await verdict(member, mine, 'openid')).toBe('consent')
    expect((await recorded()).slice(1)).toEqual([
      { name: 'allowlist.internal-auto-approval-changed', from: 'on', to: 'off', listed: 0 },
      { name: 'allowlist.internal-auto-approval-changed', from: 'off', to: 'on', listed: 0 },
    ])
  })

  it('are counted all, and listed only as the preview showed, when it is switched off [P56]', async () => {
    await restrict(as(here.owner), root)
    const used = await internal()
    await makeAuthorization(member, used, here, ['openid'])
    const off = { rootOrganizationId: here.id, mode: 'restricted' as const, internalAutoApproval: false }
    const seen = await previewPolicy(as(here.owner), off)
    expect(seen.listed).toEqual({ apps: 1, internal: 1 })
    const another = await internal()
    await makeAuthorization(member, another, here, ['openid'])
    const switching = { ...root, isOn: false, alsoListInUse: true }
    const late = setInternalAutoApproval(as(here.owner), {
      ...switching,
      expectedFingerprint: seen.fingerprint,
    })
    await expect(late).rejects.toMatchObject({ code: 'conflict' })
    expect(await entries()).toEqual({})
    const { fingerprint } = await previewPolicy(as(here.owner), off)
    const now = { ...switching, expectedFingerprint: fingerprint }
    expect(await setInternalAutoApproval(as(here.owner), now)).toEqual({ listed: 2 })
  })

  it('in use go on when it is switched off, and are listed if asked [P56]', async () => {
    await restrict(as(here.owner), root)
    const [used, listedToo] = [await internal(), await internal()]
    await makeAuthorization(member, used, here, ['openid'])
    await setInternalAutoApproval(as(here.owner), { ...root, isOn: false })
    expect(await verdict(member, used, 'openid')).toBe('allow')
    expect(await verdict(await makeMember(here), used, 'openid')).toBe('approval-needed')
    await setInternalAutoApproval(as(here.owner), { ...root, isOn: true })
    await makeAuthorization(member, listedToo, here, ['profile'])
    const receipt = await setInternalAutoApproval(as(here.owner), {
      ...root,
      isOn: false,
      alsoListInUse: true,
    })
    expect(receipt).toEqual({ listed: 2 })
    expect(await entries()).toEqual({ [used.id]: ['openid'], [listedToo.id]: ['profile'] })
  })

  it('alone are listed when it is switched off: what an administrator took off the list or trimmed stays so [P56]', async () => {
    const [mine, removed, trimmed] = [await internal(), await outside(), await outside()]
    for (const app of [mine, removed, trimmed])
      await makeAuthorization(member, app, here, ['openid', 'email'])
    await restrict(as(here.owner), root)
    for (const app of [mine, removed]) await removeEntry(as(here.owner), { ...root, appId: app.id })
    await trimEntry(as(here.owner), { ...root, appId: trimmed.id, remove: ['openid'] })
    const before = await entries()

    const switched = setInternalAutoApproval(as(here.owner), { ...root, isOn: false, alsoListInUse: true })

    expect(await switched).toEqual({ listed: 1 })
    expect(await entries()).toEqual({ ...before, [mine.id]: ['email', 'openid'] })
  })

  it('can be made to need an entry in the save that restricts, as the preview of it says [P55] [P56]', async () => {
    const [used, unused] = [await internal(), await internal()]
    await makeAuthorization(member, used, here, ['openid'])
    const off = { ...root, internalAutoApproval: false }
    const preview = await previewPolicy(as(here.owner), { ...off, mode: 'restricted' })
    expect(preview.groups).toMatchObject({ 'will-be-listed': { apps: 1, people: 1 } })
    const { fingerprint } = await previewPolicy(as(here.owner), { ...root, mode: 'restricted' })
    const other = restrict(as(here.owner), { ...off, expectedFingerprint: fingerprint })
    await expect(other).rejects.toMatchObject({ code: 'conflict' })
    await restrict(as(here.owner), { ...off, expectedFingerprint: preview.fingerprint })
    expect(await verdict(await makeMember(here), used, 'openid')).toBe('consent')
    expect(await verdict(member, unused, 'openid')).toBe('approval-needed')
    expect((await recorded()).map(({ name }) => name)).toEqual([
      'allowlist.policy-changed',
      'allowlist.internal-auto-approval-changed',
    ])
  })

  it('are switched only under Restricted [P55]', async () => {
    for (const change of [unrestrict, close]) {
      await change(as(here.owner), root)
      const switched = setInternalAutoApproval(as(here.owner), { ...root, isOn: false })
      await expect(switched).rejects.toMatchObject({ code: 'conflict' })
    }
  })
})

describe('going back', () => {
  it('lifts the block at once and keeps the list [P58]', async () => {
    const [listed, other] = [await outside(), await outside()]
    await makeAuthorization(member, listed, here, ['openid'])
    await restrict(as(here.owner), root)
    await unrestrict(as(here.owner), root)
    expect(await verdict(member, other, 'openid')).toBe('consent')
    expect(Object.keys(await entries())).toEqual([listed.id])
    expect((await recorded()).at(-1)).toEqual({
      name: 'allowlist.policy-changed',
      before: 'restricted',
      after: 'unrestricted',
    })
  })

  it('from Closed lets people in again; while closed only what runs runs [AM-27]', async () => {
    const app = await outside()
    await makeAuthorization(member, app, here, ['openid'])
    await close(as(here.owner), root)
    expect(await verdict(member, app, 'openid')).toBe('allow')
    expect(await verdict(await makeMember(here), app, 'openid')).toBe('closed')
    await restrict(as(here.owner), root)
    expect(await verdict(await makeMember(here), app, 'openid')).toBe('consent')
  })
})

describe('who is refused', () => {
  const verbs = {
    restrict: (actor: Parameters<typeof restrict>[0]) => restrict(actor, root),
    unrestrict: (actor: Parameters<typeof restrict>[0]) => unrestrict(actor, root),
    close: (actor: Parameters<typeof restrict>[0]) => close(actor, root),
    setInternalAutoApproval: (actor: Parameters<typeof restrict>[0]) =>
      setInternalAutoApproval(actor, { ...root, isOn: false }),
    getPolicy: (actor: Parameters<typeof restrict>[0]) => getPolicy(actor, here.id),
    previewPolicy: (actor: Parameters<typeof restrict>[0]) =>
      previewPolicy(actor, { ...root, mode: 'restricted' }),
  }

  it.each(Object.entries(verbs))(
    '%s is for administrators of the root organization alone [P59]',
    async (_, run) => {
      const group = await makeBusinessGroup(here)
      for (const person of [
        member,
        await makeMember(here, 'developer'),
        await makeMember(group, 'administrator'),
      ]) {
        await expect(run(as(person))).rejects.toMatchObject({ code: 'forbidden' })
      }
      await expect(run(as(elsewhere.owner))).rejects.toMatchObject({ code: 'not-found' })
      const app = await outside()
      await expect(run(asThrough(here.owner, app, ['openid'], here.id))).rejects.toMatchObject({
        code: 'not-found',
      })
      await expect(run(asApp(app, ['allowlist:write', 'allowlist:read'], elsewhere))).rejects.toBeDefined()
      expect((await getPolicy(as(here.owner), here.id)).changed).toBeNull()
    },
  )

  it('an app may tighten the policy it stands under, and never open it; nor may it through a person [P131]', async () => {
    const app = await makeApp({ organization: here, actsAs: 'itself' })
    const machine = asApp(app, ['allowlist:write'], here)
    const through = asThrough(here.owner, app, ['allowlist:write', 'organizations:read'], here.id)
    await restrict(machine, root)
    await setInternalAutoApproval(machine, { ...root, isOn: false })
    for (const actor of [machine, through]) {
      await expect(unrestrict(actor, root)).rejects.toMatchObject({ code: 'forbidden' })
      await expect(setInternalAutoApproval(actor, { ...root, isOn: true })).rejects.toMatchObject({
        code: 'forbidden',
      })
    }
    await close(through, root)
    for (const actor of [machine, through]) {
      await expect(restrict(actor, root)).rejects.toMatchObject({ code: 'forbidden' })
    }
    await unrestrict(as(here.owner), root)
    await expect(restrict(machine, { ...root, internalAutoApproval: true })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})
