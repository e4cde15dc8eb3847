import { and, eq, isNull, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { database } from '#db/client'
import { allowlistEntries } from '#db/schema/allowlist'
import { connectedApps } from '#db/schema/connected-apps'
import { users } from '#db/schema/users'
import { newId } from '#lib/base/ids'
import { isRefusal } from '#lib/base/refusal'
import { scopesBeyond } from '#lib/base/scope-set'
import { addEntry } from '#lib/domain/allowlist/add-entry'
import { changeRequestRules } from '#lib/domain/allowlist/change-request-rules'
import { close } from '#lib/domain/allowlist/close'
import { removeEntry } from '#lib/domain/allowlist/remove-entry'
import { restrict } from '#lib/domain/allowlist/restrict'
import { setInternalAutoApproval } from '#lib/domain/allowlist/set-internal-auto-approval'
import { trimEntry } from '#lib/domain/allowlist/trim-entry'
import { unrestrict } from '#lib/domain/allowlist/unrestrict'
import { listMyAuthorizations } from '#lib/domain/authorizations/list-my-authorizations'
import { removeAuthorization } from '#lib/domain/authorizations/remove-authorization'
import { removeForEveryone } from '#lib/domain/authorizations/remove-for-everyone'
import { disableApp } from '#lib/domain/connected-apps/disable-app'
import { enableApp } from '#lib/domain/connected-apps/enable-app'
import { blockApp } from '#lib/domain/installations/block-app'
import { freezeApp } from '#lib/domain/installations/freeze-app'
import { getNetworks } from '#lib/domain/installations/get-networks'
import { FROM_ANYWHERE, letsIn, type NetworkLimit } from '#lib/domain/installations/network-limit'
import { revokeApp } from '#lib/domain/installations/revoke-app'
import type { InstallationOf } from '#lib/domain/installations/schema'
import { setNetworks } from '#lib/domain/installations/set-networks'
import { unblockApp } from '#lib/domain/installations/unblock-app'
import { unfreezeApp } from '#lib/domain/installations/unfreeze-app'
import { deactivateUser } from '#lib/domain/offboarding/deactivate-user'
import { reactivateUser } from '#lib/domain/offboarding/reactivate-user'
import { removeMember } from '#lib/domain/offboarding/remove-member'
import { addToGroup } from '#lib/domain/people/add-to-group'
import { createGroup } from '#lib/domain/people/create-group'
import { removeFromGroup } from '#lib/domain/people/remove-from-group'
import type { Actor } from '#lib/domain/permissions/actor'
import { as } from '#test/actors'
import {
  ask,
  browserOf,
  CALLBACK,
  introspect,
  newRequest,
  running,
  withAuthorizationServer,
} from '#test/authorization-server'
import {
  type MadeApp,
  type MadeUser,
  makeApp,
  makeMember,
  makeMembership,
  makeOrganization,
} from '#test/factories'
import { CAME_FROM, type ModelApp, type ModelPerson, type ModelYes, PolicyModel } from '#test/policy-model'
import { rounds } from '#test/rounds'
import { Visit } from '#test/visit'
import { answerYes } from './interaction-answers.ts'

/*
 * Whatever happened before, the authorization server gives a code or a token exactly when `decideAuthorization` allows it, on
 * facts that `#test/policy-model` kept by itself: never more, and never less.
 */
withAuthorizationServer()

const SCOPES = ['email', 'openid', 'profile']
const PEOPLE = 2
const MINUTES_MAX = 60
const APPS = 2
/** Where everybody in a test comes from, and where nobody does. */
const HERE = ['127.0.0.0/8', '::1/128']
const ELSEWHERE = ['203.0.113.0/24', '2001:db8::/32']

type Kinds<Kind extends string, More> = { kind: Kind } & More
type OfApp =
  | 'remove'
  | 'block'
  | 'unblock'
  | 'freeze'
  | 'unfreeze'
  | 'disable'
  | 'enable'
  | 'revoke'
  | 'unlist'
  | 'reach-end'
  | 'open'
  | 'shut'
  | 'let-in-here'
  | 'let-in-elsewhere'
  | 'let-in-elsewhere-but-refresh'
  | 'let-in-anywhere'
type OfPolicy =
  | 'restrict'
  | 'unrestrict'
  | 'close'
  | 'approve-internal'
  | 'approve-no-internal'
  | 'grant-approved-only'
  | 'grant-all-or-nothing'
type OfPerson = 'leave' | 'come-back' | 'deactivate' | 'reactivate' | 'join-group' | 'leave-group'
type Step =
  | Kinds<
      'authorize',
      { person: number; app: number; scopes: string[]; says: 'yes' | 'nothing'; isLate: boolean }
    >
  | Kinds<'redeem' | 'refresh', { which: number }>
  | Kinds<OfApp, { app: number }>
  | Kinds<'remove-one' | 'remove-own', { person: number; app: number }>
  | Kinds<OfPerson, { person: number }>
  | Kinds<'list', { app: number; scopes: string[]; isForGroup: boolean; hasEnd: boolean }>
  | Kinds<'trim' | 'ask-for-less', { app: number; scopes: string[] }>
  | Kinds<OfPolicy, unknown>

/** Mostly the first person and the app of another organization, so that what happens meets what happened. */
const app = fc.oneof({ weight: 2, arbitrary: fc.constant(APPS - 1) }, fc.nat(APPS - 1))
const person = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat(PEOPLE - 1))
const which = fc.nat(7)
const often = fc.constantFrom(true, true, false)
const seldom = fc.constantFrom(true, false, false)
/** Always with openid; only what is approved of it may be left. */
const scopes = fc.subarray(['email', 'profile']).map((some) => [...some, 'openid'].sort())
const kinds = <const Kind extends string>(...some: Kind[]) => fc.constantFrom(...some)

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: kinds('authorize'),
      person,
      app,
      scopes,
      says: fc.oneof({ weight: 4, arbitrary: fc.constant('yes' as const) }, fc.constant('nothing' as const)),
      isLate: fc.boolean(),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: kinds('redeem', 'refresh', 'refresh'), which }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: kinds(
        'restrict',
        'restrict',
        'unrestrict',
        'close',
        'approve-internal',
        'approve-no-internal',
        'grant-approved-only',
        'grant-approved-only',
        'grant-all-or-nothing',
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: kinds('list'),
      app,
      scopes,
      isForGroup: seldom,
      hasEnd: often,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kinds('trim', 'ask-for-less'), app, scopes }) },
  { weight: 3, arbitrary: fc.record({ kind: kinds('unlist', 'reach-end', 'reach-end'), app }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: kinds(
        'remove',
        'block',
        'unblock',
        'freeze',
        'unfreeze',
        'disable',
        'enable',
        'revoke',
        'open',
        'shut',
        'let-in-here',
        'let-in-elsewhere',
        'let-in-elsewhere-but-refresh',
        'let-in-anywhere',
        'let-in-anywhere',
      ),
      app,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kinds('remove-one', 'remove-own'), person, app }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: kinds('leave', 'come-back', 'deactivate', 'reactivate', 'join-group', 'leave-group'),
      person,
    }),
  },
)

/** All that came from one code. */
type Family = { yes: ModelYes; scopes: string[]; app: MadeApp; isOver: boolean }
type Given = { value: string; family: Family; isUsed: boolean }
type Code = Given & { verifier: string }
type Both<Made, Model> = { made: Made; model: Model }

async function makeWorld() {
  const [here, elsewhere] = [await makeOrganization(), await makeOrganization()]
  const [admin, root] = [as(here.owner), { rootOrganizationId: here.id }]
  const watcher = await makeApp({ organization: here, introspectsOrganization: true })
  const apps: Both<MadeApp, ModelApp>[] = []
  for (const [organization, audience] of [
    [here, 'internal'],
    [elsewhere, 'everyone'],
  ] as const) {
    const { rootOrganizationId } = organization
    const untouched = {
      isDisabled: false,
      isBlocked: false,
      isFrozen: false,
      networks: FROM_ANYWHERE,
      entry: null,
    }
    const made = await makeApp({ organization, audience, scopes: SCOPES })
    apps.push({ made, model: { rootOrganizationId, audience, scopes: SCOPES, ...untouched } })
  }
  const people: Both<MadeUser, ModelPerson>[] = []
  for (let count = 0; count < PEOPLE; count++) {
    const made = await makeMember(here)
    await database().update(users).set({ homeOrganizationId: here.id }).where(eq(users.id, made.id))
    people.push({ made, model: { isMember: true, isActive: true, isInGroup: false } })
  }
  const { groupId } = await createGroup(admin, { ...root, name: 'Who may' })
  const model = new PolicyModel(
    here.id,
    apps.map((one) => one.model),
    people.map((one) => one.model),
  )
  const ownerOf = ({ rootOrganizationId }: MadeApp) =>
    rootOrganizationId === here.id ? admin : as(elsewhere.owner)
  return { here, admin, root, watcher, apps, people, groupId, model, ownerOf, ...given() }
}
type World = Awaited<ReturnType<typeof makeWorld>>

function given() {
  return { codes: [] as Code[], refreshTokens: [] as Given[], accessTokens: [] as Given[] }
}

/** Does it, and says whether it was done or refused: what is refused did not happen. */
async function did(work: Promise<unknown>): Promise<boolean> {
  try {
    await work
    return true
  } catch (thrown) {
    if (isRefusal(thrown)) return false
    throw thrown
  }
}

const at = <T>(of: readonly T[], index: number): T => of[index] as T
const isAlive = ({ model }: World, { isOver, yes, scopes }: Family) => !isOver && model.isGood(yes, scopes)

async function happen(world: World, now: Step): Promise<void> {
  switch (now.kind) {
    case 'authorize':
      return authorizeOne(world, now)
    case 'redeem':
    case 'refresh': {
      const some = now.kind === 'redeem' ? world.codes : world.refreshTokens
      const one = some[some.length - 1 - (now.which % (some.length || 1))]
      return one && exchange(world, one)
    }
    case 'list':
    case 'trim':
    case 'ask-for-less':
      return changeScopes(world, now)
    case 'remove-one':
    case 'remove-own':
      return removeYes(world, now)
    case 'restrict':
    case 'unrestrict':
    case 'close':
    case 'approve-internal':
    case 'approve-no-internal':
    case 'grant-approved-only':
    case 'grant-all-or-nothing':
      return changePolicy(world, now.kind)
    default:
      return 'app' in now ? changeApp(world, now) : changePerson(world, now)
  }
}

/** An app sends a person to us, who agrees where they are asked; a page that does not ask lets nobody through. */
async function authorizeOne(world: World, now: Extract<Step, { kind: 'authorize' }>): Promise<void> {
  const { here, model } = world
  const [whose, which] = [at(world.people, now.person), at(world.apps, now.app)]
  const verdict = model.verdict(whose.model, which.model, now.scopes)
  const mayPass = verdict.kind === 'allow' || verdict.kind === 'consent'
  // What is not approved is left out, and given with neither yes nor code.
  const granted = mayPass ? scopesBeyond(now.scopes, verdict.withheld) : now.scopes
  if (!whose.model.isActive) {
    expect(mayPass).toBe(false)
    return expect(browserOf(whose.made)).rejects.toThrow()
  }
  const request = await newRequest(which.made, now.scopes.join(' '), { organization: here.id })
  const browser = await browserOf(whose.made)
  const answer = await browser.get(`/oauth/authorize?${new URLSearchParams(request.parameters)}`)
  let back = new URL(answer.headers.get('location') ?? '/nowhere', running.origin)
  if (back.pathname.startsWith('/interaction/')) {
    const visit = new Visit(browser, back)
    const { kind } = await visit.view()
    expect([verdict.kind, kind === 'consent']).toEqual([verdict.kind, verdict.kind === 'consent'])
    const atHand = kind === 'settled' ? null : await visit.atHand()
    const said = { rootOrganizationId: here.id, scopes: granted }
    const say = atHand && (() => visit.within(() => answerYes(atHand, said)))
    if (say && verdict.kind !== 'consent') expect(await did(say())).toBe(false)
    if (!say || verdict.kind !== 'consent' || now.says !== 'yes') return
    back = await visit.follow(await say())
    model.sayYes(whose.model, which.model, granted, newId('authorization'))
  }
  const code = back.searchParams.get('code')
  expect([verdict.kind, code !== null]).toEqual([verdict.kind, mayPass])
  const yes = model.standing(whose.model, which.model)
  if (code === null || !yes) return
  const family = { yes, scopes: granted, app: which.made, isOver: false }
  const issued = { value: code, verifier: request.verifier, family, isUsed: false }
  world.codes.push(issued)
  if (!now.isLate) await exchange(world, issued)
}

/** A code or refresh token is shown: once, it brings tokens while what it hangs on is good; twice, it ends all that came with it. */
async function exchange(world: World, shown: Given | Code): Promise<void> {
  const { value, family } = shown
  const alive = isAlive(world, family)
  const form: Record<string, string> =
    'verifier' in shown
      ? {
          grant_type: 'authorization_code',
          code: value,
          redirect_uri: CALLBACK,
          code_verifier: shown.verifier,
        }
      : { grant_type: 'refresh_token', refresh_token: value }
  const { status, body } = await ask('/oauth/token', form, family.app)
  const isLetIn = letsIn(family.yes.app.networks, { address: CAME_FROM, isRefresh: !('verifier' in shown) })
  const told = { isUsed: shown.isUsed, alive, isLetIn, error: body.error }
  expect({ ...told, isIssued: status === 200 }).toEqual({
    ...told,
    isIssued: alive && isLetIn && !shown.isUsed,
  })
  if (status === 200) {
    expect(String(body.scope).split(' ').toSorted()).toEqual(family.scopes)
    shown.isUsed = true
    world.accessTokens.push({ value: String(body.access_token), family, isUsed: false })
    world.refreshTokens.push({ value: String(body.refresh_token), family, isUsed: false })
    // From elsewhere nothing is used up, and no theft is seen.
  } else if (alive && isLetIn) family.isOver = true
}

async function changeScopes(
  { admin, root, groupId, model, apps }: World,
  now: Extract<Step, { kind: 'list' | 'trim' | 'ask-for-less' }>,
): Promise<void> {
  const { made, model: app } = at(apps, now.app)
  const { scopes } = now
  if (now.kind === 'list') {
    const endsAt = now.hasEnd ? new Date(Date.now() + 3_600_000).toISOString() : null
    const limits = { endsAt, groupId: now.isForGroup ? groupId : null }
    const { clientId } = made
    if (await did(addEntry(admin, { ...root, clientId, scopes, ...limits })))
      model.list(app, scopes, now, newId('entry'))
  } else if (now.kind === 'trim') {
    if (await did(trimEntry(admin, { ...root, appId: made.id, remove: scopes }))) model.trim(app, scopes)
  } else {
    await changeRow(made, { scopes })
    app.scopes = scopes
  }
}

/** As its owner would save it. */
async function changeRow(
  { id }: MadeApp,
  changed: { scopes?: string[]; audience?: 'internal' | 'everyone' },
) {
  const version = sql`${connectedApps.version} + 1`
  await database()
    .update(connectedApps)
    .set({ ...changed, version })
    .where(eq(connectedApps.id, id))
}

async function removeYes(
  { admin, model, apps, people }: World,
  now: Extract<Step, { kind: 'remove-one' | 'remove-own' }>,
): Promise<void> {
  const [whose, which] = [at(people, now.person), at(apps, now.app)]
  if (!model.standing(whose.model, which.model) || !whose.model.isActive) return
  const { rows } = await listMyAuthorizations(as(whose.made), {})
  const own = rows.find(({ app }) => app.id === which.made.id)
  expect(own).toBeDefined()
  const actor = now.kind === 'remove-own' ? as(whose.made) : admin
  if (own && (await did(removeAuthorization(actor, { authorizationId: own.authorizationId }))))
    model.endYes(whose.model, which.model)
}

async function changePolicy({ admin, root, model }: World, kind: OfPolicy): Promise<void> {
  switch (kind) {
    case 'restrict':
      if (await did(restrict(admin, root))) model.restrict(() => newId('entry'))
      break
    case 'unrestrict':
      if (await did(unrestrict(admin, root))) model.unrestrict()
      break
    case 'close':
      if (await did(close(admin, root))) model.close()
      break
    case 'grant-approved-only':
    case 'grant-all-or-nothing': {
      const grantsApprovedOnly = kind === 'grant-approved-only'
      if (await did(changeRequestRules(admin, { ...root, grantsApprovedOnly })))
        model.grantApprovedOnly(grantsApprovedOnly)
      break
    }
    default: {
      const isOn = kind === 'approve-internal'
      if (await did(setInternalAutoApproval(admin, { ...root, isOn }))) model.approveInternal(isOn)
    }
  }
}

async function changeApp(
  { admin, root, model, apps, ownerOf }: World,
  now: Extract<Step, Kinds<OfApp, unknown>>,
): Promise<void> {
  const { made, model: app } = at(apps, now.app)
  const [here, owner, only] = [{ ...root, appId: made.id }, ownerOf(made), { appId: made.id }]
  const done = async (work: Promise<unknown>, effect: () => void) => {
    if (await did(work)) effect()
  }
  const letIn = (limit: NetworkLimit) =>
    done(saveNetworks(admin, here, limit), () => Object.assign(app, { networks: limit }))
  const acts: Record<OfApp, () => Promise<void>> = {
    remove: () => done(removeForEveryone(admin, here), () => model.removeForEveryone(app)),
    block: () => done(blockApp(admin, here), () => model.block(app)),
    unblock: () => done(unblockApp(admin, here), () => Object.assign(app, { isBlocked: false })),
    freeze: () => done(freezeApp(admin, here), () => Object.assign(app, { isFrozen: true })),
    unfreeze: () => done(unfreezeApp(admin, here), () => Object.assign(app, { isFrozen: false })),
    disable: () => done(disableApp(owner, only), () => Object.assign(app, { isDisabled: true })),
    enable: () => done(enableApp(owner, only), () => Object.assign(app, { isDisabled: false })),
    revoke: () =>
      done(revokeApp(owner, only), () => {
        app.isDisabled = true
        model.removeForEveryone(app)
      }),
    unlist: () => done(removeEntry(admin, here), () => model.unlist(app)),
    'reach-end': async () => {
      // Whichever has one.
      const ending = [at(apps, now.app), ...apps].find((one) => one.model.entry?.endSaidAt)
      if (ending) await done(reachEnd(ending.made), () => model.reachEnd(ending.model))
    },
    open: () =>
      done(changeRow(made, { audience: 'everyone' }), () => Object.assign(app, { audience: 'everyone' })),
    shut: () =>
      done(changeRow(made, { audience: 'internal' }), () => Object.assign(app, { audience: 'internal' })),
    'let-in-here': () => letIn({ mode: 'enforce', networks: HERE }),
    'let-in-elsewhere': () => letIn({ mode: 'enforce', networks: ELSEWHERE }),
    'let-in-elsewhere-but-refresh': () => letIn({ mode: 'enforce-except-refresh', networks: ELSEWHERE }),
    'let-in-anywhere': () => letIn(FROM_ANYWHERE),
  }
  await acts[now.kind]()
}

async function saveNetworks(admin: Actor, here: InstallationOf, limit: NetworkLimit): Promise<void> {
  const { version } = await getNetworks(admin, here)
  await setNetworks(admin, { ...here, ...limit, version })
}

/** Time passes, for the end of one entry. */
async function reachEnd({ id }: MadeApp): Promise<void> {
  await database()
    .update(allowlistEntries)
    .set({ endsAt: sql`now()` })
    .where(and(eq(allowlistEntries.appId, id), isNull(allowlistEntries.endedAt)))
}

async function changePerson(
  { here, admin, groupId, model, people }: World,
  now: Extract<Step, Kinds<OfPerson, unknown>>,
): Promise<void> {
  const { made, model: person } = at(people, now.person)
  const userId = made.id
  switch (now.kind) {
    case 'leave':
      if (await did(removeMember(admin, { userId, organizationId: here.id }))) model.leave(person)
      break
    case 'come-back':
      if (!person.isMember) await makeMembership(here, userId, 'member')
      person.isMember = true
      break
    case 'deactivate':
      if (await did(deactivateUser(admin, { userId }))) person.isActive = false
      break
    case 'reactivate':
      if (await did(reactivateUser(admin, { userId }))) person.isActive = true
      break
    case 'join-group':
      if (await did(addToGroup(admin, { groupId, userIds: [userId] }))) person.isInGroup = true
      break
    case 'leave-group':
      if (await did(removeFromGroup(admin, { groupId, userId }))) person.isInGroup = false
  }
}

/** Every token is as good as what it hangs on, and whoever asks again without a word is answered as the verdict says. */
async function lookAtEverything(world: World): Promise<void> {
  for (const { value, family } of world.accessTokens) {
    const alive = isAlive(world, family)
    const info = await fetch(`${running.origin}/oauth/userinfo`, {
      headers: { authorization: `Bearer ${value}` },
    })
    const { active } = await introspect(world.watcher, value)
    // OpenID Connect Core §5.3.1: it is for access tokens that hold openid.
    const told = family.scopes.includes('openid') ? 200 : 403
    const here = letsIn(family.yes.app.networks, { address: CAME_FROM }) ? told : 403
    expect({ active, info: info.status }).toEqual({ active: alive, info: alive ? here : 401 })
  }
  for (const whose of world.people.filter(({ model }) => model.isActive)) {
    for (const which of world.apps) {
      const { kind } = world.model.verdict(whose.model, which.model, ['openid'])
      const request = await newRequest(which.made, 'openid', { organization: world.here.id, prompt: 'none' })
      const browser = await browserOf(whose.made)
      const answer = await browser.get(`/oauth/authorize?${new URLSearchParams(request.parameters)}`)
      const back = new URL(answer.headers.get('location') ?? '/nowhere', running.origin)
      expect([kind, back.searchParams.has('code')]).toEqual([kind, kind === 'allow'])
    }
  }
}

it(
  'after any history, a code or a token is given exactly when the verdict allows it [P40] [P41] [P53] [P54]',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 20, size: 'max' }), async (history) => {
        const world = await makeWorld()
        for (const now of history) await happen(world, now)
        await lookAtEverything(world)
      }),
      { numRuns: rounds(200, 5000) },
    )
  },
  MINUTES_MAX * 60_000,
)
