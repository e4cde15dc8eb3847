import { describe, expect, it } from 'vitest'
import { type AppInUse, type ModeChange, type Planned, planApp, planEveryApp } from './rules.ts'

const app = (facts: Partial<AppInUse> = {}): AppInUse => ({
  isInternal: false,
  isBlocked: false,
  isHeld: false,
  isUsed: false,
  isListed: false,
  isWhollyListed: false,
  holdsMore: false,
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
const used: Partial<AppInUse> = { isUsed: true, holdsMore: true }
const listedAndUsed: Partial<AppInUse> = { isUsed: true, isListed: true }

describe('what becomes of an app under Restricted', () => {
  it.each<[string, Partial<AppInUse>, Planned['outcome'], boolean]>([
    ['in use, not listed: listed with what it holds [P51]', used, 'will-be-listed', true],
    ['in use for more than its entry: the entry grows', { ...used, isListed: true }, 'will-be-listed', true],
    ['in use and listed for it: left alone', listedAndUsed, 'keeps-running', false],
    ['listed and not in use: left alone', { isListed: true }, 'keeps-running', false],
    ['neither in use nor listed: needs approval [P54]', {}, 'will-need-approval', false],
    ['internal and not in use: passes by itself [P55]', { isInternal: true }, 'keeps-running', false],
    [
      'internal and in use: passes, and is listed for when it no longer does',
      { ...used, isInternal: true },
      'keeps-running',
      true,
    ],
    ['frozen and in use: listed like any other', { ...used, isHeld: true }, 'will-be-listed', true],
    [
      'internal, disabled and in use: stays disabled, and is listed',
      { ...used, isInternal: true, isHeld: true },
      'stays-held',
      true,
    ],
    ['disabled and not in use: stays so', { isHeld: true }, 'stays-held', false],
    ['blocked: stays so and is never listed', { ...used, isBlocked: true }, 'stays-blocked', false],
  ])('%s', (_, facts, outcome, isSeeded) => {
    expect(planApp(app(facts), toRestricted)).toEqual({ outcome, isSeeded })
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
    expect(opened({ isHeld: true })).toBe('stays-held')
    expect(opened({ ...used, isHeld: true })).toBe('stays-held')
  })

  it('is told from what anyone could authorize before', () => {
    expect(opened({ isListed: true, isWhollyListed: true })).toBe('stays-open')
    expect(opened({ isListed: true })).toBe('open')
    expect(opened({ isInternal: true })).toBe('stays-open')
    expect(opened({ isInternal: true, isListed: true, isWhollyListed: true }, 'closed')).toBe('open')
  })

  it('runs on under Closed where people use it, and takes nobody new elsewhere', () => {
    const toClosed = change({ to: 'closed' })
    expect(planApp(app(used), toClosed)).toEqual({ outcome: 'keeps-running', isSeeded: false })
    expect(planApp(app({ isListed: true }), toClosed).outcome).toBe('no-new-people')
    expect(planApp(app({ isBlocked: true }), toClosed).outcome).toBe('stays-blocked')
  })
})

it('says of every app that there could be what it says of it alone', () => {
  const table = planEveryApp(toRestricted)
  expect(new Set(table.map(({ outcome: _, isSeeded: __, ...facts }) => JSON.stringify(facts))).size).toBe(
    2 ** 7,
  )
  for (const { outcome, isSeeded, ...facts } of table)
    expect(planApp(facts, toRestricted), JSON.stringify(facts)).toEqual({ outcome, isSeeded })
})
