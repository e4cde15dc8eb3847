import type { Id } from '../../base/ids.ts'
import { scopeSet, scopesBeyond } from '../../base/scope-set.ts'

/** All that bears on one person's wish to let one app act for them in one root organization, as read at one moment. */
export type AuthorizationFacts = {
  rootOrganizationId: Id<'organization'>
  /** What the app asks for this time. */
  asked: readonly string[]
  app: {
    /** Neither deleted nor disabled, and made to act for people. */
    isAvailable: boolean
    rootOrganizationId: Id<'organization'>
    audience: 'internal' | 'everyone'
    scopes: readonly string[]
  }
  /** Whether the person has an active account and a place in the root organization, which is itself active. */
  isActiveMember: boolean
  isBlocked: boolean
  isFrozen: boolean
  policy: { mode: 'unrestricted' | 'restricted' | 'closed'; internalAutoApproval: boolean }
  /** The app's entry on the allowlist, if it holds for this person; null: not listed, or for others only. */
  entry: { entryId: Id<'entry'>; scopes: readonly string[] } | null
  /** What the person said yes to before and still stands. */
  live: { authorizationId: Id<'authorization'>; scopes: readonly string[] } | null
}

export type Verdict =
  | { kind: 'allow'; authorizationId: Id<'authorization'> }
  /**
   * `granted` of the `scopes` the person allowed before; the others are new to them. `entryId` names the entry without
   * which there would be no asking them.
   */
  | {
      kind: 'consent'
      scopes: string[]
      granted: string[]
      isWidening: boolean
      entryId: Id<'entry'> | null
    }
  /** `missing` is what an administrator has to add; `listed` what the entry holds already. */
  | { kind: 'approval-needed'; missing: string[]; listed: string[] }
  | { kind: 'blocked' }
  | { kind: 'paused' }
  | { kind: 'closed' }
  | { kind: 'unavailable' }
  | { kind: 'refused'; because: 'not-a-member' }
  | { kind: 'invalid-scope'; scopes: string[] }

/**
 * All of the product's policy on authorizing an app: facts in, verdict out; the first rule that hits wins. Taken twice,
 * to choose the page and again under the locks that record the yes.
 */
export function decideAuthorization(facts: AuthorizationFacts): Verdict {
  const { app, policy, live } = facts
  const isInternal = app.rootOrganizationId === facts.rootOrganizationId

  if (!app.isAvailable) return { kind: 'unavailable' }
  if (!facts.isActiveMember) return { kind: 'refused', because: 'not-a-member' }
  if (app.audience === 'internal' && !isInternal) return { kind: 'unavailable' }
  if (facts.isBlocked) return { kind: 'blocked' }
  if (facts.isFrozen) return { kind: 'paused' }

  const beyondApp = scopesBeyond(facts.asked, app.scopes)
  if (beyondApp.length > 0) return { kind: 'invalid-scope', scopes: beyondApp }

  const unsaid = scopesBeyond(facts.asked, live?.scopes ?? [])
  if (live && unsaid.length === 0) return { kind: 'allow', authorizationId: live.authorizationId }

  if (policy.mode === 'closed') return { kind: 'closed' }
  const needsEntry = policy.mode === 'restricted' && !(isInternal && policy.internalAutoApproval)
  if (needsEntry) {
    // A yes that stands is never asked about again: only what it does not cover needs the entry.
    const missing = scopesBeyond(unsaid, facts.entry?.scopes ?? [])
    if (!facts.entry || missing.length > 0) {
      return { kind: 'approval-needed', missing, listed: scopeSet(facts.entry?.scopes ?? []) }
    }
  }

  const scopes = scopeSet(facts.asked)
  return {
    kind: 'consent',
    scopes,
    granted: scopesBeyond(scopes, unsaid),
    isWidening: live !== null,
    entryId: needsEntry ? (facts.entry?.entryId ?? null) : null,
  }
}
