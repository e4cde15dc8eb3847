import type { Id } from '../../base/ids.ts'
import { scopeSet, scopesBeyond } from '../../base/scope-set.ts'
import type { Mode } from './schema.ts'

/** An app as the policy of one root organization meets it: what runs, what is listed, who waits. */
export type AppInUse = {
  appId: Id<'app'>
  isInternal: boolean
  isBlocked: boolean
  /** What else keeps it from getting tokens here, whatever the policy says. */
  held: 'frozen' | 'disabled' | null
  /** People with a live authorization. */
  people: number
  /** What live authorizations hold, all together; null: there is none. */
  granted: readonly string[] | null
  /** What the entry holds; null: not listed. */
  entryScopes: readonly string[] | null
  /** Whether its entry holds all it may ask for here today. */
  isWhollyListed: boolean
}

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
  /** The scopes of the entry that is made or grows with the switch; null: none does. */
  entry: string[] | null
}

/** From which mode to which, and whether internal apps pass by themselves before and after. */
export type ModeChange = { from: Mode; to: Mode; internalBefore: boolean; internalAfter: boolean }

/**
 * What becomes of one app under another mode. Under Restricted every app with a live authorization is listed with what
 * those authorizations hold, beside what its entry held before, an internal, frozen or disabled one as well. Nothing that
 * runs stops; what is blocked, frozen or disabled stays so under any mode.
 */
export function planApp(app: AppInUse, change: ModeChange): Planned {
  if (app.isBlocked) return { outcome: 'stays-blocked', entry: null }
  const entry = change.to === 'restricted' ? seededEntry(app) : null
  const passesByItself = app.isInternal && change.internalAfter
  if (entry && !passesByItself) return { outcome: 'will-be-listed', entry }
  return { outcome: app.held ? 'stays-held' : outcomeOf(app, change), entry }
}

function outcomeOf(app: AppInUse, change: ModeChange): Outcome {
  if (change.to === 'unrestricted') return wasOpen(app, change) ? 'stays-open' : 'open'
  if (change.to === 'closed') return app.granted ? 'keeps-running' : 'no-new-people'
  const passesByItself = app.isInternal && change.internalAfter
  const goesOn = passesByItself || app.granted !== null || app.entryScopes !== null
  return goesOn ? 'keeps-running' : 'will-need-approval'
}

/** Whether anyone could authorize it before, for all it may ask for. */
function wasOpen(app: AppInUse, { from, internalBefore }: ModeChange): boolean {
  if (from !== 'restricted') return from === 'unrestricted'
  if (app.isInternal && internalBefore) return true
  return app.isWhollyListed
}

function seededEntry(app: AppInUse): string[] | null {
  if (!app.granted) return null
  const isCovered = app.entryScopes && scopesBeyond(app.granted, app.entryScopes).length === 0
  return isCovered ? null : scopeSet(app.entryScopes ?? [], app.granted)
}
