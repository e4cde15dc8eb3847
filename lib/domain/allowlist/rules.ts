import type { Mode } from './schema.ts'

/** All about an app, as the policy of one root organization meets it, that decides what becomes of it. */
export type AppFacts = {
  isInternal: boolean
  isBlocked: boolean
  /** Frozen or disabled: it gets no tokens here, whatever the policy says. */
  isHeld: boolean
  /** Somebody's authorization of it lives. */
  isUsed: boolean
  isListed: boolean
  /** Its entry holds all it may ask for here today. */
  isWhollyListed: boolean
  /** Its live authorizations hold what no entry does, be it nothing but that they are there. Never of one that nobody uses. */
  holdsMore: boolean
}

const EVERY_FACT: Record<keyof AppFacts, true> = {
  isInternal: true,
  isBlocked: true,
  isHeld: true,
  isUsed: true,
  isListed: true,
  isWhollyListed: true,
  holdsMore: true,
}
/** The columns of `appsInUse` that the rules look at. */
export const FACTS = Object.keys(EVERY_FACT) as (keyof AppFacts)[]

/** What becomes of an app when the mode changes. */
export type Outcome =
  | 'will-be-listed'
  | 'keeps-running'
  | 'will-need-approval'
  | 'open'
  | 'stays-open'
  | 'no-new-people'
  | 'stays-held'
  | 'stays-blocked'

/** As it was before. */
export const LEFT_ALONE: readonly Outcome[] = ['stays-open', 'stays-held', 'stays-blocked']

export type Planned = {
  outcome: Outcome
  /** Its entry is made or grows with the switch: it then holds what its live authorizations do, too. */
  isSeeded: boolean
}

/** From which mode to which, and whether internal apps pass by themselves before and after. */
export type ModeChange = { from: Mode; to: Mode; internalBefore: boolean; internalAfter: boolean }

/**
 * What becomes of one app under another mode. Under Restricted every app with a live authorization is listed with what
 * those authorizations hold, beside what its entry held before, an internal, frozen or disabled one as well. Nothing that
 * runs stops; what is blocked, frozen or disabled stays so under any mode.
 */
export function planApp(app: AppFacts, change: ModeChange): Planned {
  if (app.isBlocked) return { outcome: 'stays-blocked', isSeeded: false }
  const isSeeded = change.to === 'restricted' && app.holdsMore
  if (isSeeded && !passesAfter(app, change)) return { outcome: 'will-be-listed', isSeeded }
  return { outcome: app.isHeld ? 'stays-held' : outcomeOf(app, change), isSeeded }
}

/** The rules as a table: what a change does to every app that there could be. A statement over thousands of apps joins it. */
export function planEveryApp(change: ModeChange): (AppFacts & Planned)[] {
  const apps = FACTS.reduce<Partial<AppFacts>[]>(
    (some, fact) => some.flatMap((app) => [false, true].map((is) => ({ ...app, [fact]: is }))),
    [{}],
  ) as AppFacts[]
  return apps.map((app) => ({ ...app, ...planApp(app, change) }))
}

function passesAfter(app: AppFacts, change: ModeChange): boolean {
  return app.isInternal && change.internalAfter
}

function outcomeOf(app: AppFacts, change: ModeChange): Outcome {
  if (change.to === 'unrestricted') return wasOpen(app, change) ? 'stays-open' : 'open'
  if (change.to === 'closed') return app.isUsed ? 'keeps-running' : 'no-new-people'
  return passesAfter(app, change) || app.isUsed || app.isListed ? 'keeps-running' : 'will-need-approval'
}

/** Whether anyone could authorize it before, for all it may ask for. */
function wasOpen(app: AppFacts, { from, internalBefore }: ModeChange): boolean {
  if (from !== 'restricted') return from === 'unrestricted'
  if (app.isInternal && internalBefore) return true
  return app.isWhollyListed
}
