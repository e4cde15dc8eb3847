import type { Id } from '../../base/ids.ts'
import { scopeSet, scopesBeyond } from '../../base/scope-set.ts'
import { letsIn, type NetworkLimit } from '../installations/network-limit.ts'

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
  /** From where the app may be used here. */
  networks: NetworkLimit
  /** Where the person comes from; null: nobody knows. */
  address: string | null
  policy: {
    mode: 'unrestricted' | 'restricted' | 'closed'
    internalAutoApproval: boolean
    /** Under Restricted: what is not approved is left out, where something else of what is asked is approved. */
    grantsApprovedOnly: boolean
  }
  /** The app's entry on the allowlist, if it holds for this person; null: not listed, or for others only. */
  entry: { entryId: Id<'entry'>; scopes: readonly string[] } | null
  /** What the person said yes to before and still stands. */
  live: { authorizationId: Id<'authorization'>; scopes: readonly string[] } | null
}

export type Verdict =
  /** `withheld` is what the app asks for and does not get, because it is not approved; here and below. */
  | { kind: 'allow'; authorizationId: Id<'authorization'>; withheld: string[] }
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
      withheld: string[]
    }
  /** `missing` is what an administrator has to add; `listed` what the entry holds already. */
  | { kind: 'approval-needed'; missing: string[]; listed: string[] }
  | { kind: 'blocked' }
  | { kind: 'paused' }
  | { kind: 'closed' }
  | { kind: 'unavailable' }
  | { kind: 'refused'; because: 'not-a-member' | 'network' }
  | { kind: 'invalid-scope'; scopes: string[] }

/**
 * All of the product's policy on authorizing an app, in the order in which it is asked: each rule says a verdict, or
 * nothing and leaves it to the next. The last one always says one.
 */
export const RULES = {
  'app-is-available': ({ app }) => (app.isAvailable ? null : { kind: 'unavailable' }),
  'person-belongs-here': ({ isActiveMember }) =>
    isActiveMember ? null : { kind: 'refused', because: 'not-a-member' },
  'app-is-open-here': ({ app, rootOrganizationId }) =>
    app.audience === 'everyone' || app.rootOrganizationId === rootOrganizationId
      ? null
      : { kind: 'unavailable' },
  'not-blocked': ({ isBlocked }) => (isBlocked ? { kind: 'blocked' } : null),
  'not-frozen': ({ isFrozen }) => (isFrozen ? { kind: 'paused' } : null),
  'from-its-networks': ({ networks, address }) =>
    letsIn(networks, { address: address ?? undefined }) ? null : { kind: 'refused', because: 'network' },
  'within-its-scopes': ({ asked, app }) => {
    const scopes = scopesBeyond(asked, app.scopes)
    return scopes.length > 0 ? { kind: 'invalid-scope', scopes } : null
  },
  'yes-stands': (facts) =>
    facts.live && unsaid(facts).length === 0
      ? { kind: 'allow', authorizationId: facts.live.authorizationId, withheld: [] }
      : null,
  'not-closed': ({ policy }) => (policy.mode === 'closed' ? { kind: 'closed' } : null),
  listed: (facts) => {
    if (!needsEntry(facts)) return null
    const missing = unlisted(facts)
    if (facts.entry && missing.length === 0) return null
    if (grantsRest(facts)) return leaveOut(facts, missing)
    return { kind: 'approval-needed', missing, listed: scopeSet(facts.entry?.scopes ?? []) }
  },
  consent: (facts) => {
    const withheld = withheldFrom(facts)
    const scopes = scopesBeyond(facts.asked, withheld)
    return {
      kind: 'consent',
      scopes,
      granted: scopesBeyond(scopes, unsaid(facts)),
      isWidening: facts.live !== null,
      entryId: needsEntry(facts) ? (facts.entry?.entryId ?? null) : null,
      withheld,
    }
  },
} satisfies Record<string, (facts: AuthorizationFacts) => Verdict | null>

export type RuleName = keyof typeof RULES

/**
 * Facts in, verdict out: the first rule that says one wins. Taken twice, to choose the page and again under the locks that
 * record the yes.
 */
export function decideAuthorization(facts: AuthorizationFacts): Verdict {
  return judge(facts).verdict
}

/** The verdict, and which rule said it. */
export function judge(facts: AuthorizationFacts): { rule: RuleName; verdict: Verdict } {
  for (const [rule, says] of Object.entries<(facts: AuthorizationFacts) => Verdict | null>(RULES)) {
    const verdict = says(facts)
    if (verdict) return { rule: rule as RuleName, verdict }
  }
  throw new Error('The last rule always says a verdict.')
}

/** Whether only what the app's entry holds may be authorized. */
export function needsEntry({ app, policy, rootOrganizationId }: AuthorizationFacts): boolean {
  const isInternal = app.rootOrganizationId === rootOrganizationId
  return policy.mode === 'restricted' && !(isInternal && policy.internalAutoApproval)
}

/** What is left out of what is asked, because it is not approved and the policy lets the rest through. */
export function withheldFrom(facts: AuthorizationFacts): string[] {
  return needsEntry(facts) && grantsRest(facts) ? unlisted(facts) : []
}

/** Without what is not listed: a yes that covers the rest stands, and is not asked about for ever; else the rest is asked for. */
function leaveOut(facts: AuthorizationFacts, withheld: string[]): Verdict | null {
  const { live } = facts
  return live && scopesBeyond(unsaid(facts), withheld).length === 0
    ? { kind: 'allow', authorizationId: live.authorizationId, withheld }
    : null
}

/** Whether something of what is asked is let through without the rest. */
function grantsRest(facts: AuthorizationFacts): boolean {
  return facts.policy.grantsApprovedOnly && unlisted(facts).length < scopeSet(facts.asked).length
}

/** What an administrator would have to add. A yes that stands is never asked about again: only what it does not cover needs the entry. */
function unlisted(facts: AuthorizationFacts): string[] {
  return scopesBeyond(unsaid(facts), facts.entry?.scopes ?? [])
}

/** What of the asked scopes the person has not said yes to. */
function unsaid({ asked, live }: AuthorizationFacts): string[] {
  return scopesBeyond(asked, live?.scopes ?? [])
}
