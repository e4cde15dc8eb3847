import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '#lib/base/ids'
import { anyFacts } from '#test/authorization-facts'
import { explain } from './explain.ts'
import { type AuthorizationFacts, decideAuthorization, RULES } from './rules.ts'

const NAMES = { person: 'Ada Lovelace', app: 'Ledger', organization: 'Northwind', groupOfOthers: null }
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
  policy: { mode: 'restricted', internalAutoApproval: true, grantsApprovedOnly: false },
  entry: null,
  live: null,
}

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
      'the entry of Ledger does not hold email.',
      { entry: { entryId: newId('entry'), scopes: ['openid'] } },
      {},
    ],
    ['for the group Finance, and Ada Lovelace is not in it.', {}, { groupOfOthers: 'Finance' }],
    [
      'Ada Lovelace is asked to allow email, beside what was allowed before.',
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
      'Nobody has approved email for Ledger: only approved scopes are granted, so that is left out. Ada Lovelace has authorized the rest before.',
      {
        policy: { ...RESTRICTED.policy, grantsApprovedOnly: true },
        live: { authorizationId: newId('authorization'), scopes: ['openid'] },
      },
      {},
    ],
    [
      'for the group Finance, and Ada Lovelace is not in it: only what is approved for them is granted, so email is left out. Ada Lovelace has authorized the rest before.',
      {
        policy: { ...RESTRICTED.policy, grantsApprovedOnly: true },
        live: { authorizationId: newId('authorization'), scopes: ['openid'] },
      },
      { groupOfOthers: 'Finance' },
    ],
    ['may not ask for email', { app: { ...RESTRICTED.app, scopes: ['openid'] } }, {}],
  ])('says “%s”', (sentence, facts, names) => {
    const { steps } = explain({ ...RESTRICTED, ...facts }, { ...NAMES, ...names })
    expect(steps.find(({ outcome }) => outcome === 'decided')?.sentence).toContain(sentence)
  })
})
