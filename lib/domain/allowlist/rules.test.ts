import { describe, expect, it } from 'vitest'
import { newId } from '../../base/ids.ts'
import { type AppInUse, type ModeChange, planApp } from './rules.ts'

const app = (facts: Partial<AppInUse> = {}): AppInUse => ({
  appId: newId('app'),
  isInternal: false,
  isBlocked: false,
  held: null,
  people: 0,
  granted: null,
  entryScopes: null,
  isWhollyListed: false,
  ...facts,
})
const change = (facts: Partial<ModeChange>): ModeChange => ({
  from: 'unrestricted',
  to: 'restricted',
  internalBefore: true,
  internalAfter: true,
  ...facts,
})
const toRestricted = change({})
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
    [
      'frozen and in use: listed like any other',
      { ...used, held: 'frozen' },
      'will-be-listed',
      ['orders:read'],
    ],
    [
      'internal, disabled and in use: stays disabled, and is listed',
      { ...used, isInternal: true, held: 'disabled' },
      'stays-held',
      ['orders:read'],
    ],
    ['disabled and not in use: stays so', { held: 'disabled' }, 'stays-held', null],
    ['blocked: stays so and is never listed', { ...used, isBlocked: true }, 'stays-blocked', null],
  ] as const)('%s', (_, facts, outcome, entry) => {
    expect(planApp(app(facts as Partial<AppInUse>), toRestricted)).toEqual({ outcome, entry })
  })

  it('treats an internal app like any other while internal apps are not approved by themselves [P56]', () => {
    const off = change({ internalAfter: false })
    expect(planApp(app({ isInternal: true }), off).outcome).toBe('will-need-approval')
    expect(planApp(app({ ...used, isInternal: true }), off).outcome).toBe('will-be-listed')
  })
})

describe('what becomes of an app elsewhere', () => {
  const opened = (facts: Partial<AppInUse>, from: ModeChange['from'] = 'restricted') =>
    planApp(app(facts), change({ from, to: 'unrestricted' })).outcome

  it('is open to everyone under Unrestricted, unless it is blocked, frozen or disabled', () => {
    expect(opened({})).toBe('open')
    expect(opened({ isBlocked: true })).toBe('stays-blocked')
    expect(opened({ held: 'frozen' })).toBe('stays-held')
    expect(opened({ ...used, held: 'disabled' })).toBe('stays-held')
  })

  it('is told from what anyone could authorize before', () => {
    expect(opened({ entryScopes: ['openid', 'orders:read'], isWhollyListed: true })).toBe('stays-open')
    expect(opened({ entryScopes: ['openid'] })).toBe('open')
    expect(opened({ isInternal: true })).toBe('stays-open')
    expect(opened({ isInternal: true, isWhollyListed: true }, 'closed')).toBe('open')
  })

  it('runs on under Closed where people use it, and takes nobody new elsewhere', () => {
    expect(planApp(app(used), change({ to: 'closed' }))).toEqual({ outcome: 'keeps-running', entry: null })
    expect(planApp(app({ entryScopes: ['openid'] }), change({ to: 'closed' })).outcome).toBe('no-new-people')
    expect(planApp(app({ isBlocked: true }), change({ to: 'closed' })).outcome).toBe('stays-blocked')
  })
})
