import type { Id } from '../../base/ids.ts'
import { scopeSet, scopesBeyond } from '../../base/scope-set.ts'
import type { Mode } from './schema.ts'

/** An app as the policy of one root organization meets it: what runs, what is listed, who waits. */
export type AppInUse = {
  appId: Id<'app'>
  isInternal: boolean
  isBlocked: boolean
  /** People with a live authorization. */
  people: number
  /** What live authorizations hold, all together; null: there is none. */
  granted: readonly string[] | null
  /** What the entry holds; null: not listed. */
  entryScopes: readonly string[] | null
}

/** What becomes of an app when the mode changes. */
export type Outcome =
  | 'will-be-listed'
  | 'keeps-running'
  | 'will-need-approval'
  | 'open'
  | 'no-new-people'
  | 'stays-blocked'

export type Planned = {
  outcome: Outcome
  /** The scopes of the entry that is made or grows with the switch; null: none does. */
  entry: string[] | null
}

/**
 * What becomes of one app under another mode. Under Restricted every app with a live authorization is listed with what
 * those authorizations hold, beside what its entry held before. Nothing that runs stops, and what is blocked stays so under
 * any mode.
 */
export function planApp(app: AppInUse, mode: Mode, internalAutoApproval: boolean): Planned {
  if (app.isBlocked) return { outcome: 'stays-blocked', entry: null }
  if (mode === 'unrestricted') return { outcome: 'open', entry: null }
  if (mode === 'closed') return { outcome: app.granted ? 'keeps-running' : 'no-new-people', entry: null }
  const entry = seededEntry(app)
  const passesByItself = app.isInternal && internalAutoApproval
  if (entry && !passesByItself) return { outcome: 'will-be-listed', entry }
  const goesOn = passesByItself || app.granted !== null || app.entryScopes !== null
  return { outcome: goesOn ? 'keeps-running' : 'will-need-approval', entry }
}

function seededEntry(app: AppInUse): string[] | null {
  if (!app.granted) return null
  const isCovered = app.entryScopes && scopesBeyond(app.granted, app.entryScopes).length === 0
  return isCovered ? null : scopeSet(app.entryScopes ?? [], app.granted)
}
