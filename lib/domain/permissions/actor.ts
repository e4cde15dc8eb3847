import type { Id } from '../../base/ids.ts'

/** Where a request came from: kept with what it does. */
export type Origin = { ip?: string; userAgent?: string; requestId?: string }

/** One scope an app holds for itself, in one organization (and environment, where the scope needs one). */
export type ScopeContext = {
  scope: string
  organizationId: Id<'organization'>
  environmentId?: Id<'environment'>
}

/** A person, in the console or through an app that acts for them. */
export type UserActor = {
  kind: 'user'
  userId: Id<'user'>
  name: string
  sessionId?: Id<'session'>
  /** Set when an app acts for the person: their rights shrink to these scopes, in this root organization. */
  through?: {
    appId: Id<'app'>
    appName: string
    scopes: readonly string[]
    rootOrganizationId: Id<'organization'>
  }
  /** A script that traded the person's password: they stand only in root organizations that let scripts do so, and hold no office. */
  byPassword?: true
} & Origin

/** An app with a token of its own. It holds its scopes in the organizations chosen for each, and nothing else. */
export type AppActor = {
  kind: 'app'
  appId: Id<'app'>
  name: string
  contexts: readonly ScopeContext[]
} & Origin

/** The process itself: the clock, set-up, the demo's seed, a command of whoever holds the machine. */
export type SystemActor = {
  kind: 'system'
  name: 'scheduler' | 'set-up' | 'seed' | 'sign-in' | 'command'
} & Origin

/** Whoever is asking. */
export type Actor = UserActor | AppActor | SystemActor

/** The person behind the actor, for columns such as `created_by`; null for an app or the system. */
export function personOf(actor: Actor): Id<'user'> | null {
  return actor.kind === 'user' ? actor.userId : null
}
