import type { Mode } from './schema.ts'

/** An app as the policy of one root organization meets it: all that decides what becomes of it. Columns of `appsInUse`. */
export type AppInUse = {
  isInternal: boolean
  isBlocked: boolean
  /** Frozen or disabled: it gets no tokens here, whatever the policy says. */
  isHeld: boolean
  /** Somebody's authorization of it lives. */
  isUsed: boolean
  isListed: boolean
  /** Its entry holds all it may ask for here today. */
  isWhollyListed: boolean
  /** Live authorizations hold what its entry does not, or it has none. */
  holdsMore: boolean
}

const FACTS = [
  'isInternal',
  'isBlocked',
  'isHeld',
  'isUsed',
  'isListed',
  'isWhollyListed',
  'holdsMore',
] as const satisfies readonly (keyof AppInUse)[]

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

export type Planned = {
  outcome: Outcome
  /** Its entry is made or grows with the switch, to hold what its live authorizations do. */
  isSeeded: boolean
}

/** From which mode to which, and whether internal apps pass by themselves before and after. */
export type ModeChange = { from: Mode; to: Mode; internalBefore: boolean; internalAfter: boolean }

/**
 * What becomes of one app under another mode. Under Restricted every app with a live authorization is listed with what
 * those authorizations hold, beside what its entry held before, an internal, frozen or disabled one as well. Nothing that
 * runs stops; what is blocked, frozen or disabled stays so under any mode.
 */
export function planApp(app: AppInUse, change: ModeChange): Planned {
  if (app.isBlocked) return { outcome: 'stays-blocked', isSeeded: false }
  const isSeeded = change.to === 'restricted' && app.isUsed && app.holdsMore
  if (isSeeded && !passesAfter(app, change)) return { outcome: 'will-be-listed', isSeeded }
  return { outcome: app.isHeld ? 'stays-held' : outcomeOf(app, change), isSeeded }
}

/** The rules as a table: what a change does to every app that there could be. A statement over thousands of apps joins it. */
export function planEveryApp(change: ModeChange): (AppInUse & Planned)[] {
  const apps = FACTS.reduce(
    (some, fact) => some.flatMap((app) => [false, true].map((is) => ({ ...app, [fact]: is }))),
    [{} as AppInUse],
  )
  return apps.map((app) => ({ ...app, ...planApp(app, change) }))
}

function passesAfter(app: AppInUse, change: ModeChange): boolean {
  return app.isInternal && change.internalAfter
}

function outcomeOf(app: AppInUse, change: ModeChange): Outcome {
  if (change.to === 'unrestricted') return wasOpen(app, change) ? 'stays-open' : 'open'
  if (change.to === 'closed') return app.isUsed ? 'keeps-running' : 'no-new-people'
  return passesAfter(app, change) || app.isUsed || app.isListed ? 'keeps-running' : 'will-need-approval'
}

/** Whether anyone could authorize it before, for all it may ask for. */
function wasOpen(app: AppInUse, { from, internalBefore }: ModeChange): boolean {
  if (from !== 'restricted') return from === 'unrestricted'
  if (app.isInternal && internalBefore) return true
  return app.isWhollyListed
}
