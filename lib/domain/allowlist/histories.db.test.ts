import { and, eq, isNull } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { allowlistEntries } from '#db/schema/allowlist'
import { liveAuthorizations } from '#db/schema/authorizations'
import { isRefusal } from '#lib/base/refusal'
import { scopesBeyond } from '#lib/base/scope-set'
import { as } from '#test/actors'
import { makeApp, makeMember, makeOrganization } from '#test/factories'
import { rounds } from '#test/rounds'
import { authorizeApp } from '../authorizations/authorize-app.ts'
import { getVerdict } from '../authorizations/get-verdict.ts'
import { removeAuthorization } from '../authorizations/remove-authorization.ts'
import { removeForEveryone } from '../authorizations/remove-for-everyone.ts'
import { blockApp } from '../installations/block-app.ts'
import { unblockApp } from '../installations/unblock-app.ts'
import { addEntry } from './add-entry.ts'
import { close } from './close.ts'
import { getPolicy } from './get-policy.ts'
import { previewPolicy } from './preview-policy.ts'
import { removeEntry } from './remove-entry.ts'
import { restrict } from './restrict.ts'
import { unrestrict } from './unrestrict.ts'

const SCOPES = ['email', 'openid', 'profile']
const PEOPLE = 3
const APPS = 3

/** Something that happens; what is refused simply did not happen. */
type Step =
  | { kind: 'authorize'; person: number; app: number; scopes: string[] }
  | { kind: 'remove-own'; person: number }
  | { kind: 'remove' | 'block' | 'unblock' | 'list' | 'unlist'; app: number }
  | { kind: 'restrict' | 'unrestrict' | 'close' }

const app = fc.nat(APPS - 1)
const person = fc.nat(PEOPLE - 1)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('authorize' as const),
      person,
      app,
      scopes: fc.subarray(SCOPES),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove-own' as const), person }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('remove', 'block', 'unblock', 'list', 'unlist'), app }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('restrict', 'unrestrict', 'close') }) },
)

async function world() {
  const here = await makeOrganization()
  const elsewhere = await makeOrganization()
  const admin = as(here.owner)
  const root = { rootOrganizationId: here.id }
  const people = await Promise.all(Array.from({ length: PEOPLE }, () => makeMember(here)))
  const apps = await Promise.all(
    Array.from({ length: APPS }, (_, at) =>
      makeApp({ organization: at === 0 ? here : elsewhere, audience: 'everyone', scopes: SCOPES }),
    ),
  )
  const live = () =>
    database()
      .select()
      .from(liveAuthorizations)
      .where(eq(liveAuthorizations.rootOrganizationId, here.id))
      .orderBy(liveAuthorizations.id)
  const entries = () =>
    database()
      .select()
      .from(allowlistEntries)
      .where(and(eq(allowlistEntries.rootOrganizationId, here.id), isNull(allowlistEntries.endedAt)))
      .orderBy(allowlistEntries.id)
  const at = <T>(of: readonly T[], index: number): T => of[index] as T

  const happen = async (now: Step): Promise<unknown> => {
    switch (now.kind) {
      case 'authorize':
        return authorizeApp(as(at(people, now.person)), {
          ...root,
          appId: at(apps, now.app).id,
          scopes: now.scopes,
        })
      case 'remove-own': {
        const user = at(people, now.person)
        const [own] = (await live()).filter((yes) => yes.userId === user.id)
        return own && removeAuthorization(as(user), { authorizationId: own.id })
      }
      case 'remove':
        return removeForEveryone(admin, { ...root, appId: at(apps, now.app).id })
      case 'block':
        return blockApp(admin, { ...root, appId: at(apps, now.app).id })
      case 'unblock':
        return unblockApp(admin, { ...root, appId: at(apps, now.app).id })
      case 'list':
        return addEntry(admin, { ...root, clientId: at(apps, now.app).clientId, scopes: ['openid'] })
      case 'unlist':
        return removeEntry(admin, { ...root, appId: at(apps, now.app).id })
      case 'restrict':
        return restrict(admin, root)
      case 'unrestrict':
        return unrestrict(admin, root)
      case 'close':
        return close(admin, root)
    }
  }
  return { here, people, root, live, entries, happen }
}

/** Does it, unless it is refused. */
async function attempt(work: Promise<unknown>): Promise<void> {
  await work.catch((thrown: unknown) => {
    if (!isRefusal(thrown)) throw thrown
  })
}

describe('after any history', () => {
  it('the switch to Restricted lists exactly what lives, beside what was listed, and stops nothing [P51] [P53]', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (history) => {
        const { here, people, root, live, entries, happen } = await world()
        for (const now of history) await attempt(happen(now))
        const wasRestricted = (await getPolicy(as(here.owner), here.id)).mode === 'restricted'
        const [before, running] = [await entries(), await live()]
        const preview = await previewPolicy(as(here.owner), { ...root, mode: 'restricted' })
        const { listed } = await restrict(as(here.owner), {
          ...root,
          expectedFingerprint: preview.fingerprint,
        })
        const after = await entries()
        if (!wasRestricted) {
          const planned = preview.apps.filter((one) => one.entry !== null)
          expect([listed, preview.listed.apps]).toEqual([planned.length, planned.length])
          const isSeeded = (appId: string) => planned.some((one) => one.appId === appId)
          for (const { appId, entry } of planned)
            expect(after.find((one) => one.appId === appId)?.scopes).toEqual(entry)
          const others = (rows: typeof after) => rows.filter((one) => !isSeeded(one.appId))
          expect(others(after)).toEqual(others(before))
        }
        const grouped = Object.values(preview.groups).reduce((sum, group) => sum + group.apps, 0)
        expect(grouped).toBe(preview.apps.length)

        expect(await live()).toEqual(running)
        for (const yes of running) {
          const asked = { ...root, appId: yes.appId, userId: yes.userId, scopes: yes.scopes }
          expect(await getVerdict({ ...asked, address: null })).toEqual({
            kind: 'allow',
            authorizationId: yes.id,
            withheld: [],
          })
          if (wasRestricted) continue
          const entry = after.find((one) => one.appId === yes.appId)
          expect(scopesBeyond(yes.scopes, entry?.scopes ?? ['nothing'])).toEqual([])
          const others = people.filter(
            (one) => !running.some((other) => other.userId === one.id && other.appId === yes.appId),
          )
          for (const other of others) {
            expect((await getVerdict({ ...asked, userId: other.id, address: null })).kind).toBe('consent')
          }
        }
        for (const entry of after) {
          const held = before.find((one) => one.appId === entry.appId)?.scopes ?? []
          const granted = running.filter((yes) => yes.appId === entry.appId).flatMap((yes) => yes.scopes)
          expect(scopesBeyond(entry.scopes, [...held, ...granted])).toEqual([])
        }
        for (const entry of before) expect(after.map((one) => one.id)).toContain(entry.id)
      }),
      { numRuns: rounds(15) },
    )
  })

  it('with everything at once, no yes lives that its policy and its epoch do not carry', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async (history) => {
        const { here, root, live, entries, happen } = await world()
        await Promise.all(history.map((now) => attempt(happen(now))))
        await unrestrict(as(here.owner), root)
        await restrict(as(here.owner), root)
        const [running, listed] = [await live(), await entries()]
        const pairs = running.map((yes) => `${yes.userId} ${yes.appId}`)
        expect(new Set(pairs).size).toBe(pairs.length)
        for (const yes of running) {
          const entry = listed.find((one) => one.appId === yes.appId)
          expect(scopesBeyond(yes.scopes, entry?.scopes ?? ['nothing'])).toEqual([])
          expect(
            (
              await getVerdict({
                ...root,
                appId: yes.appId,
                userId: yes.userId,
                scopes: yes.scopes,
                address: null,
              })
            ).kind,
          ).toBe('allow')
        }
      }),
      { numRuns: rounds(15) },
    )
  })
})
