import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '#lib/base/ids'
import { anyFacts } from '#test/authorization-facts'
import { FROM_ANYWHERE } from '../installations/network-limit.ts'
import { explain, explainAsked } from './explain.ts'
import type { AskedScopes } from './find-asked-scopes.ts'
import { type AuthorizationFacts, decideAuthorization, RULES } from './rules.ts'

const NAMES = {
  person: 'Ada Lovelace',
  app: 'Ledger',
  organization: 'Northwind',
  groupOfOthers: null,
  scopes: new Map([['email', 'See your e-mail address']]),
}
const HERE = newId('organization')
const RESTRICTED: AuthorizationFacts = {
  rootOrganizationId: HERE,
  asked: ['email', 'openid'],
  app: {
    isAvailable: true,
    rootOrganizationId: newId('organization'),
    audience: 'everyone',
    scopes: ['email', 'openid'],
  },
  isActiveMember: true,
  isBlocked: false,
  isFrozen: false,
  networks: FROM_ANYWHERE,
  address: '203.0.113.9',
  policy: { mode: 'restricted', internalAutoApproval: true, grantsApprovedOnly: false },
  entry: null,
  live: null,
}

const HELD = { mode: 'enforce' as const, networks: ['203.0.113.0/24', '2001:db8::/32'] }

describe('the explanation', () => {
  it('is of the verdict that is taken: one rule decides, all before it passed, none after it was asked', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { verdict, steps } = explain(facts, NAMES)
        expect(verdict).toEqual(decideAuthorization(facts))
        expect(steps.map(({ rule }) => rule)).toEqual(Object.keys(RULES))
        const at = steps.findIndex(({ outcome }) => outcome === 'decided')
        expect(steps.slice(0, at).every(({ outcome }) => outcome === 'passed')).toBe(true)
        expect(steps.slice(at + 1).every(({ outcome }) => outcome === 'not-asked')).toBe(true)
        expect(
          steps.every(({ sentence }) => /^\S.*\.$/.test(sentence) && !/undefined|null| {2}/.test(sentence)),
        ).toBe(true)
      }),
    )
  })

  it.each<[string, Partial<AuthorizationFacts>, Partial<typeof NAMES> | { groupOfOthers: string }]>([
    ['Ledger is not on the allowlist.', {}, {}],
    [
      'the entry of Ledger does not hold “See your e-mail address”.',
      { entry: { entryId: newId('entry'), scopes: ['openid'] } },
      {},
    ],
    ['for the group Finance, and Ada Lovelace is not in it.', {}, { groupOfOthers: 'Finance' }],
    [
      'Ada Lovelace is asked to allow “See your e-mail address”, beside what was allowed before.',
      {
        policy: { ...RESTRICTED.policy, mode: 'unrestricted' },
        live: { authorizationId: newId('authorization'), scopes: ['openid'] },
      },
      {},
    ],
    [
      'Ada Lovelace is asked to allow openid.',
      {
        policy: { ...RESTRICTED.policy, grantsApprovedOnly: true },
        entry: { entryId: newId('entry'), scopes: ['openid'] },
      },
      {},
    ],
    [
      'Nobody has approved “See your e-mail address” for Ledger: only approved scopes are granted, so that is left out. Ada Lovelace has authorized the rest before.',
      {
        policy: { ...RESTRICTED.policy, grantsApprovedOnly: true },
        live: { authorizationId: newId('authorization'), scopes: ['openid'] },
      },
      {},
    ],
    [
      'for the group Finance, and Ada Lovelace is not in it: only what is approved for them is granted, so “See your e-mail address” is left out. Ada Lovelace has authorized the rest before.',
      {
        policy: { ...RESTRICTED.policy, grantsApprovedOnly: true },
        live: { authorizationId: newId('authorization'), scopes: ['openid'] },
      },
      { groupOfOthers: 'Finance' },
    ],
    [
      '198.51.100.7 is not in a network that Northwind lets it in from: 203.0.113.0/24 and 2001:db8::/32.',
      { networks: HELD, address: '198.51.100.7' },
      {},
    ],
    [
      'Northwind lets it in only from 203.0.113.0/24 and 2001:db8::/32, and nothing says from which address the person comes.',
      { networks: HELD, address: null },
      {},
    ],
    [
      'lets it in from: 10.0.0.0/24, 10.0.1.0/24, 10.0.2.0/24, 10.0.3.0/24, 10.0.4.0/24 and 2 more.',
      { networks: { ...HELD, networks: Array.from({ length: 7 }, (_, at) => `10.0.${at}.0/24`) } },
      {},
    ],
    ['may not ask for “See your e-mail address”', { app: { ...RESTRICTED.app, scopes: ['openid'] } }, {}],
  ])('says “%s”', (sentence, facts, names) => {
    const { steps } = explain({ ...RESTRICTED, ...facts }, { ...NAMES, ...names })
    expect(steps.find(({ outcome }) => outcome === 'decided')?.sentence).toContain(sentence)
  })
})

it.each<[string, string[], AskedScopes]>([
  ['All that is asked counts.', ['openid'], { scopes: ['openid'], leftOut: [] }],
  [
    'payroll:read counts for nothing in Northwind, and is left out.',
    ['openid', 'payroll:read'],
    { scopes: ['openid'], leftOut: ['payroll:read'] },
  ],
  [
    'offline_access is left out: Ledger gets no token that it can renew.',
    ['openid', 'offline_access'],
    { scopes: ['openid'], leftOut: ['offline_access'] },
  ],
  [
    'email and payroll:read count for nothing in Northwind, and are left out. offline_access is added: Ledger gets tokens that it can renew.',
    ['openid', 'email', 'payroll:read'],
    { scopes: ['openid', 'offline_access'], leftOut: ['email', 'payroll:read'] },
  ],
])('what is asked for: “%s”', (sentence, asked, counts) => {
  expect(explainAsked(asked, counts, { ...NAMES, scopes: new Map() })).toEqual({
    rule: 'what-is-asked',
    outcome: 'passed',
    sentence,
  })
})
