import { describe, expect, it } from 'vitest'
import { newId } from '../../base/ids.ts'
import { type AppInUse, planApp } from './rules.ts'

const app = (facts: Partial<AppInUse> = {}): AppInUse => ({
  appId: newId('app'),
  isInternal: false,
  isBlocked: false,
  people: 0,
  granted: null,
  entryScopes: null,
  ...facts,
})
const used = { people: 3, granted: ['orders:read'] }

describe('what becomes of an app under Restricted', () => {
  it.each([
    ['in use, not listed: listed with what it holds [P51]', used, 'will-be-listed', ['orders:read']],
    [
      'in use for more than its entry: the entry grows',
      { ...used, entryScopes: ['openid'] },
      'will-be-listed',
      ['openid', 'orders:read'],
    ],
    [
      'in use and listed for it: left alone',
      { ...used, entryScopes: ['orders:read'] },
      'keeps-running',
      null,
    ],
    ['listed and not in use: left alone', { entryScopes: ['openid'] }, 'keeps-running', null],
    ['neither in use nor listed: needs approval [P54]', {}, 'will-need-approval', null],
    ['internal and not in use: passes by itself [P55]', { isInternal: true }, 'keeps-running', null],
    [
      'internal and in use: passes, and is listed for when it no longer does',
      { ...used, isInternal: true },
      'keeps-running',
      ['orders:read'],
    ],
    ['blocked: stays so and is never listed', { ...used, isBlocked: true }, 'stays-blocked', null],
  ] as const)('%s', (_, facts, outcome, entry) => {
    expect(planApp(app(facts as Partial<AppInUse>), 'restricted', true)).toEqual({ outcome, entry })
  })

  it('treats an internal app like any other while internal apps are not approved by themselves [P56]', () => {
    expect(planApp(app({ isInternal: true }), 'restricted', false).outcome).toBe('will-need-approval')
    expect(planApp(app({ ...used, isInternal: true }), 'restricted', false).outcome).toBe('will-be-listed')
  })
})

describe('what becomes of an app elsewhere', () => {
  it('is open to everyone under Unrestricted, unless it is blocked', () => {
    expect(planApp(app(), 'unrestricted', true).outcome).toBe('open')
    expect(planApp(app({ isBlocked: true }), 'unrestricted', true).outcome).toBe('stays-blocked')
  })

  it('runs on under Closed where people use it, and takes nobody new elsewhere', () => {
    expect(planApp(app(used), 'closed', true)).toEqual({ outcome: 'keeps-running', entry: null })
    expect(planApp(app({ entryScopes: ['openid'] }), 'closed', true).outcome).toBe('no-new-people')
    expect(planApp(app({ isBlocked: true }), 'closed', true).outcome).toBe('stays-blocked')
  })
})
