import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWithin } from '#lib/base/cidr'
import { newId } from '#lib/base/ids'
import { anyFacts, HERE, someScopes } from '#test/authorization-facts'
import { FROM_ANYWHERE, type NetworkMode } from '../installations/network-limit.ts'
import { type AuthorizationFacts, decideAuthorization } from './rules.ts'

const ELSEWHERE = newId('organization')
const YES = newId('authorization')
const ENTRY = newId('entry')

/** An outside app, open to everyone, asking an active member of an unrestricted organization for two of its scopes. */
const PLAIN: AuthorizationFacts = {
  rootOrganizationId: HERE,
  asked: ['orders:read', 'profile'],
  app: {
    isAvailable: true,
    rootOrganizationId: ELSEWHERE,
    audience: 'everyone',
    scopes: ['orders:read', 'orders:write', 'profile'],
  },
  isActiveMember: true,
  isBlocked: false,
  isFrozen: false,
  networks: FROM_ANYWHERE,
  address: '203.0.113.9',
  policy: { mode: 'unrestricted', internalAutoApproval: true, grantsApprovedOnly: false },
  entry: null,
  live: null,
}

const internal = { ...PLAIN.app, rootOrganizationId: HERE, audience: 'internal' as const }
const restricted = { mode: 'restricted' as const, internalAutoApproval: true, grantsApprovedOnly: false }
const without = { ...restricted, internalAutoApproval: false }
const closed = { ...restricted, mode: 'closed' as const }
const lenient = { ...restricted, grantsApprovedOnly: true }
const entry = (...scopes: string[]) => ({ entryId: ENTRY, scopes })
const held = (mode: NetworkMode = 'enforce') => ({ mode, networks: ['203.0.113.0/24', '2001:db8::/32'] })
const elsewhere = { kind: 'refused', because: 'network' }
const yes = (...scopes: string[]) => ({ authorizationId: YES, scopes })
const consent = {
  kind: 'consent',
  scopes: ['orders:read', 'profile'],
  granted: [] as string[],
  isWidening: false,
  entryId: null as string | null,
  withheld: [] as string[],
}
/** What a person may only be asked because the app is listed hangs on its entry. */
const underEntry = { ...consent, entryId: ENTRY }
const allow = { kind: 'allow', authorizationId: YES, withheld: [] as string[] }

const ROWS: [string, Partial<AuthorizationFacts>, object][] = [
  ['an open app under Unrestricted: consent [P49]', {}, consent],
  [
    'an app that is disabled, deleted or acts only for itself: unavailable',
    { app: { ...PLAIN.app, isAvailable: false } },
    { kind: 'unavailable' },
  ],
  [
    'no app at all, whoever asks: unavailable',
    { app: { ...PLAIN.app, isAvailable: false }, isActiveMember: false },
    { kind: 'unavailable' },
  ],
  [
    'someone who is no active member: refused',
    { isActiveMember: false },
    { kind: 'refused', because: 'not-a-member' },
  ],
  [
    'a stranger to a blocked app learns nothing of the block',
    { isActiveMember: false, isBlocked: true },
    { kind: 'refused', because: 'not-a-member' },
  ],
  [
    'an internal app of another root organization: unavailable, no link [P127]',
    { app: { ...PLAIN.app, audience: 'internal' }, policy: restricted },
    { kind: 'unavailable' },
  ],
  ['an internal app at home: consent', { app: internal }, consent],
  ['a blocked app: blocked', { isBlocked: true }, { kind: 'blocked' }],
  ['blocked and frozen: blocked', { isBlocked: true, isFrozen: true }, { kind: 'blocked' }],
  [
    'blocked, with a yes that stands: blocked',
    { isBlocked: true, live: yes('orders:read', 'profile') },
    { kind: 'blocked' },
  ],
  ['a frozen app: paused', { isFrozen: true }, { kind: 'paused' }],
  [
    'frozen, with a yes that stands: paused',
    { isFrozen: true, live: yes('orders:read', 'profile') },
    { kind: 'paused' },
  ],
  ['from a network that the app is let in from: as ever [P122]', { networks: held() }, consent],
  ['from elsewhere: refused [P122]', { networks: held(), address: '198.51.100.7' }, elsewhere],
  [
    'from elsewhere, with a yes that stands: refused',
    { networks: held(), address: '198.51.100.7', live: yes('orders:read', 'profile') },
    elsewhere,
  ],
  [
    'from elsewhere, where refreshes are let in from everywhere: refused, as it is no refresh [AS-10]',
    { networks: held('enforce-except-refresh'), address: '198.51.100.7' },
    elsewhere,
  ],
  ['from nobody knows where: refused', { networks: held(), address: null }, elsewhere],
  [
    'from elsewhere, where its networks are off: as ever [AS-10]',
    { networks: held('off'), address: '198.51.100.7' },
    consent,
  ],
  [
    'a frozen app, from elsewhere: paused, as the freeze is asked first',
    { isFrozen: true, networks: held(), address: '198.51.100.7' },
    { kind: 'paused' },
  ],
  [
    'beyond the app’s own scopes: invalid scope',
    { asked: ['orders:read', 'payroll:read'] },
    { kind: 'invalid-scope', scopes: ['payroll:read'] },
  ],
  [
    'beyond the app’s own scopes, though once allowed: invalid scope',
    { asked: ['payroll:read'], live: yes('payroll:read') },
    { kind: 'invalid-scope', scopes: ['payroll:read'] },
  ],
  ['what a yes covers: allowed [P75]', { live: yes('orders:read', 'orders:write', 'profile') }, allow],
  [
    'what a yes covers, without an entry under Restricted: allowed [P53]',
    { live: yes('orders:read', 'profile'), policy: restricted },
    allow,
  ],
  [
    'what a yes covers, under Closed: allowed',
    { live: yes('orders:read', 'profile'), policy: closed },
    allow,
  ],
  [
    'what a yes covers, an internal app with approval off: allowed [P56]',
    { app: internal, live: yes('orders:read', 'profile'), policy: without },
    allow,
  ],
  [
    'more than the yes covers: consent to the rest [P77]',
    { live: yes('profile') },
    { ...consent, granted: ['profile'], isWidening: true },
  ],
  ['anything new under Closed: closed', { policy: closed }, { kind: 'closed' }],
  ['widening under Closed: closed', { policy: closed, live: yes('profile') }, { kind: 'closed' }],
  ['an internal app under Closed: closed', { policy: closed, app: internal }, { kind: 'closed' }],
  [
    'not listed under Restricted: approval needed [P54]',
    { policy: restricted },
    { kind: 'approval-needed', missing: ['orders:read', 'profile'], listed: [] },
  ],
  [
    'not listed and asking for nothing: approval needed all the same [P50]',
    { policy: restricted, asked: [] },
    { kind: 'approval-needed', missing: [], listed: [] },
  ],
  ['an internal app under Restricted: consent [P50]', { policy: restricted, app: internal }, consent],
  [
    'an internal app open to everyone: consent [P50]',
    { policy: restricted, app: { ...internal, audience: 'everyone' } },
    consent,
  ],
  [
    'an outside app is not internal, though automatic approval is on [P81]',
    { policy: restricted, entry: entry('profile') },
    { kind: 'approval-needed', missing: ['orders:read'], listed: ['profile'] },
  ],
  [
    'an internal app with automatic approval off: approval needed [P56]',
    { policy: without, app: internal },
    { kind: 'approval-needed', missing: ['orders:read', 'profile'], listed: [] },
  ],
  [
    'exactly what the entry holds: consent [P50]',
    { policy: restricted, entry: entry('orders:read', 'profile') },
    underEntry,
  ],
  [
    'less than the entry holds: consent [P72] [P78]',
    { policy: restricted, entry: entry('orders:read', 'orders:write', 'profile') },
    underEntry,
  ],
  [
    'more than the entry holds: approval needed, naming what is missing [P73]',
    { policy: restricted, asked: ['orders:write', 'profile'], entry: entry('orders:read', 'profile') },
    { kind: 'approval-needed', missing: ['orders:write'], listed: ['orders:read', 'profile'] },
  ],
  [
    'a wider app does not widen its entry [P74]',
    {
      policy: restricted,
      app: { ...PLAIN.app, scopes: ['orders:read', 'orders:write', 'profile', 'payroll:read'] },
      asked: ['payroll:read'],
      entry: entry('orders:read', 'profile'),
    },
    { kind: 'approval-needed', missing: ['payroll:read'], listed: ['orders:read', 'profile'] },
  ],
  [
    'what a yes covers needs no entry when it is widened [P53]',
    {
      policy: restricted,
      asked: ['orders:write', 'profile'],
      live: yes('profile'),
      entry: entry('orders:write'),
    },
    {
      kind: 'consent',
      scopes: ['orders:write', 'profile'],
      granted: ['profile'],
      isWidening: true,
      entryId: ENTRY,
      withheld: [],
    },
  ],
  [
    'an entry that nobody needs lets nobody in: an internal app does not hang on its own',
    { policy: restricted, app: internal, entry: entry('orders:read', 'profile') },
    consent,
  ],
  ['nor does what is said under Unrestricted', { entry: entry('orders:read', 'profile') }, consent],
  [
    'only approved scopes are granted: consent to what the entry holds, naming what is left out',
    { policy: lenient, entry: entry('profile') },
    { ...underEntry, scopes: ['profile'], withheld: ['orders:read'] },
  ],
  [
    'only approved scopes, and nothing of it is approved: approval needed',
    { policy: lenient, entry: entry('orders:write') },
    { kind: 'approval-needed', missing: ['orders:read', 'profile'], listed: ['orders:write'] },
  ],
  [
    'only approved scopes, not listed: approval needed',
    { policy: lenient },
    { kind: 'approval-needed', missing: ['orders:read', 'profile'], listed: [] },
  ],
  [
    'only approved scopes, all of which were allowed before: nobody is asked again for what is left out',
    { policy: lenient, entry: entry('profile'), live: yes('profile') },
    { ...allow, withheld: ['orders:read'] },
  ],
  [
    'only approved scopes, and a yes without an entry: it stands for what it covers',
    { policy: lenient, live: yes('profile') },
    { ...allow, withheld: ['orders:read'] },
  ],
  [
    'only approved scopes, some of them new: consent to these beside what was allowed',
    {
      policy: lenient,
      asked: ['orders:read', 'orders:write', 'profile'],
      entry: entry('orders:write'),
      live: yes('profile'),
    },
    {
      ...underEntry,
      scopes: ['orders:write', 'profile'],
      granted: ['profile'],
      isWidening: true,
      withheld: ['orders:read'],
    },
  ],
  [
    'only approved scopes, an internal app that is approved automatically: nothing is left out',
    { policy: lenient, app: internal, entry: entry('profile') },
    consent,
  ],
  [
    'only approved scopes, under Closed: closed',
    { policy: { ...closed, grantsApprovedOnly: true } },
    { kind: 'closed' },
  ],
  ['repeats and order mean nothing', { asked: ['profile', 'orders:read', 'profile'] }, consent],
]

describe('the verdict', () => {
  it.each(ROWS)('%s', (_, facts, verdict) => {
    expect(decideAuthorization({ ...PLAIN, ...facts })).toEqual(verdict)
  })
})

const within = (part: readonly string[], whole: readonly string[]) =>
  part.every((scope) => whole.includes(scope))
const opens = (facts: AuthorizationFacts) => ['allow', 'consent'].includes(decideAuthorization(facts).kind)
/** What the app would get. */
const given = (facts: AuthorizationFacts) => {
  const verdict = decideAuthorization(facts)
  if (verdict.kind !== 'allow' && verdict.kind !== 'consent') return []
  return facts.asked.filter((scope) => !verdict.withheld.includes(scope))
}
const strict = (facts: AuthorizationFacts) => ({
  ...facts,
  policy: { ...facts.policy, grantsApprovedOnly: false },
})

// Whatever a rule is not about is drawn again (`fc.pre`), never passed over: each rule meets a hundred cases it is about.
describe('for all facts', () => {
  it('nobody gets through to an app that is unavailable, blocked, frozen or asks beyond its scopes', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        fc.pre(opens(facts))
        expect(facts.app.isAvailable && facts.isActiveMember).toBe(true)
        expect(facts.isBlocked || facts.isFrozen).toBe(false)
        expect(within(facts.asked, facts.app.scopes)).toBe(true)
      }),
    )
  })

  it('nobody gets through from outside of the networks an app is held to, and from inside they change nothing [P122]', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        fc.pre(facts.networks.mode !== 'off')
        const isInside = isWithin(facts.address ?? undefined, facts.networks.networks)
        if (isInside)
          expect(decideAuthorization(facts)).toEqual(
            decideAuthorization({ ...facts, networks: FROM_ANYWHERE }),
          )
        else expect(opens(facts)).toBe(false)
      }),
    )
  })

  it('under Restricted every scope comes from a yes, the entry, or the approval of internal apps [P50] [P73]', () => {
    fc.assert(
      fc.property(anyFacts, (drawn) => {
        const facts = { ...drawn, policy: { ...drawn.policy, mode: 'restricted' as const } }
        fc.pre(opens(facts))
        const isApprovedInternal = facts.app.rootOrganizationId === HERE && facts.policy.internalAutoApproval
        const covered = [...(facts.live?.scopes ?? []), ...(facts.entry?.scopes ?? [])]
        expect(isApprovedInternal || within(given(facts), covered)).toBe(true)
        expect(isApprovedInternal || facts.live !== null || facts.entry !== null).toBe(true)
      }),
    )
  })

  it('the mode of the policy never touches what a yes covers [P53] [P75]', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom('unrestricted', 'restricted', 'closed'), (facts, mode) => {
        const verdict = decideAuthorization(facts)
        fc.pre(verdict.kind === 'allow' && verdict.withheld.length === 0)
        const changed = { ...facts, policy: { ...facts.policy, mode }, entry: null }
        expect(decideAuthorization(changed)).toEqual(verdict)
      }),
    )
  })

  it('asking for less never closes a door [P72] [P78]', () => {
    fc.assert(
      fc.property(anyFacts, fc.func(fc.boolean()), (facts, keeps) => {
        fc.pre(opens(facts))
        expect(opens({ ...facts, asked: given(facts).filter((scope) => keeps(scope)) })).toBe(true)
      }),
    )
  })

  it('granting only what is approved changes nothing but a need for approval', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const before = decideAuthorization(strict(facts))
        fc.pre(before.kind !== 'approval-needed')
        expect(decideAuthorization(facts)).toEqual(before)
      }),
    )
  })

  it('what is given without the rest is what an app would get that asked for it alone, and a yes to it is the last that is asked for', () => {
    fc.assert(
      fc.property(anyFacts, (drawn) => {
        const policy = { mode: 'restricted' as const, internalAutoApproval: false, grantsApprovedOnly: true }
        const facts = { ...drawn, policy }
        fc.pre(decideAuthorization(strict(facts)).kind === 'approval-needed' && opens(facts))
        expect(given(facts).length).toBeGreaterThan(0)
        expect(opens({ ...strict(facts), asked: given(facts) })).toBe(true)
        const live = { authorizationId: YES, scopes: [...(facts.live?.scopes ?? []), ...given(facts)] }
        expect(decideAuthorization({ ...facts, live }).kind).toBe('allow')
        expect(given({ ...facts, live })).toEqual(given(facts))
      }),
    )
  })

  it('listing what is missing opens the door [P67]', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const verdict = decideAuthorization(facts)
        fc.pre(verdict.kind === 'approval-needed')
        const listed = entry(...verdict.listed, ...verdict.missing)
        expect(decideAuthorization({ ...facts, entry: listed }).kind).toBe('consent')
      }),
    )
  })

  it('a wider app never gets more than before for the same question [P74]', () => {
    fc.assert(
      fc.property(anyFacts, someScopes, (facts, more) => {
        fc.pre(within(facts.asked, facts.app.scopes))
        const wider = {
          ...facts,
          app: { ...facts.app, scopes: [...new Set([...facts.app.scopes, ...more])] },
        }
        expect(decideAuthorization(wider)).toEqual(decideAuthorization(facts))
      }),
    )
  })
})
