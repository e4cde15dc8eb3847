import { describe, expect, it } from 'vitest'
import { type AppFacts, type ModeChange, type Planned, planApp, planEveryApp } from './rules.ts'
import type { Mode } from './schema.ts'

const app = (facts: Partial<AppFacts> = {}): AppFacts => ({
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
const used: Partial<AppFacts> = { isUsed: true, holdsMore: true }
const listedAndUsed: Partial<AppFacts> = { isUsed: true, isListed: true }

describe('what becomes of an app under Restricted', () => {
  it.each<[string, Partial<AppFacts>, Planned['outcome'], boolean]>([
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
  const opened = (facts: Partial<AppFacts>, from: ModeChange['from'] = 'restricted') =>
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

describe('the table of the rules', () => {
  const all: Mode[] = ['unrestricted', 'restricted', 'closed']
  const modes = all.flatMap((from) => all.map((to) => ({ from, to })))

  it.each(modes)('has every app that there could be once, from $from to $to', (change_) => {
    const table = planEveryApp(change(change_))
    const facts = table.map(({ outcome: _, isSeeded: __, ...app }) => JSON.stringify(app))
    expect(new Set(facts).size).toBe(table.length)
    expect(table).toHaveLength(2 ** Object.keys(app()).length)
  })

  it.each(modes)(
    'stops nothing that runs, blocks and lets go nothing, from $from to $to [P53]',
    (change_) => {
      for (const { outcome, isSeeded, ...app } of planEveryApp(change(change_))) {
        expect(outcome === 'stays-blocked', JSON.stringify(app)).toBe(app.isBlocked)
        if (isSeeded) expect([change_.to, app.isBlocked], JSON.stringify(app)).toEqual(['restricted', false])
        if (app.isUsed && (app.isListed || app.holdsMore))
          expect(['will-need-approval', 'no-new-people'], JSON.stringify(app)).not.toContain(outcome)
      }
    },
  )
})
