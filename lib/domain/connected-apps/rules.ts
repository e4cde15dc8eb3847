import { LIVE_SECRETS_MAX } from './limits.ts'
import type { ClientType } from './schema.ts'
import { SCOPE_OF_ITSELF, SIGN_IN_SCOPES } from './scopes.ts'

/** What is said of one redirect URI: `error` refuses it, `warning` lets it pass with a word of caution. */
export type RedirectUriVerdict = { error: string } | { warning: string } | null

/**
 * Whether a redirect URI may be registered. It is compared exactly, character by character, so it is kept as typed.
 * Web addresses are https, or http on a loopback address while someone develops; a native app may use a private-use
 * scheme that contains a dot (RFC 8252 §7.1) or http on a loopback address with any port (§7.3). RFC 6749 §3.1.2.
 */
export function judgeRedirectUri(uri: string, clientType: ClientType): RedirectUriVerdict {
  if (!URL.canParse(uri)) return { error: 'This is no absolute address.' }
  if (/[\s\\]/.test(uri) || /[^\x21-\x7e]/.test(uri))
    return { error: 'An address has no spaces or special letters.' }
  const url = new URL(uri)
  if (uri.includes('#')) return { error: 'An address to return to has no fragment (#…).' }
  if (uri.includes('*')) return { error: 'Wildcards are not allowed: name each address.' }
  if (url.username || url.password) return { error: 'An address to return to has no user name or password.' }
  if (hasDotSegment(uri)) return { error: 'An address to return to has no “..” in its path.' }
  if (url.protocol === 'https:') return judgeSecureHost(url)
  if (url.protocol === 'http:') return judgePlainHost(url, clientType)
  return judgePrivateScheme(url, clientType)
}

function judgeSecureHost(url: URL): RedirectUriVerdict {
  if (/^[\d.]+$|^\[/.test(url.hostname)) {
    return { warning: 'Codes go to a bare network address: whoever has it next gets them.' }
  }
  return null
}

function judgePlainHost(url: URL, clientType: ClientType): RedirectUriVerdict {
  if (!isLoopback(url.hostname)) return { error: 'Use https: over http, codes can be read on the way.' }
  if (url.hostname === 'localhost') {
    return { warning: 'Prefer 127.0.0.1: “localhost” may be answered by something else (RFC 8252 §8.3).' }
  }
  if (clientType === 'native') return null
  return { warning: 'This address works only on the machine of whoever develops the app.' }
}

function judgePrivateScheme(url: URL, clientType: ClientType): RedirectUriVerdict {
  if (clientType !== 'native') return { error: 'Use https. Only native apps have a scheme of their own.' }
  if (!url.protocol.includes('.')) {
    return { error: 'A scheme of your own is a domain you control, reversed: com.example.app:/callback.' }
  }
  return {
    warning: 'Another app on the same device can claim this scheme. Prefer an https address the app owns.',
  }
}

export type SettingsFact = {
  actsAs: 'user' | 'itself'
  clientType: ClientType
  grantTypes: readonly string[]
  redirectUris: readonly string[]
  scopes: readonly string[]
  requiresPkce: boolean
}

/** What is wrong, and what is only risky, with how an app is set up; each a sentence per field. */
export function judgeSettings(app: SettingsFact): {
  errors: Record<string, string>
  warnings: Record<string, string>
} {
  const errors: Record<string, string> = {}
  const warnings: Record<string, string> = {}
  app.redirectUris.forEach((uri, at) => {
    const verdict = judgeRedirectUri(uri, app.clientType)
    if (verdict && 'error' in verdict) errors[`redirectUris.${at}`] = verdict.error
    if (verdict && 'warning' in verdict) warnings[`redirectUris.${at}`] = verdict.warning
  })
  if (app.actsAs === 'itself') {
    if (app.clientType !== 'server')
      errors.clientType = 'Only a server can act on its own behalf: it keeps a secret.'
    if (app.redirectUris.length > 0)
      errors.redirectUris = 'An app acting on its own behalf has no redirect URIs.'
    app.scopes.forEach((scope, at) => {
      if (isForPeople(scope))
        errors[`scopes.${at}`] = `${scope} is about people who sign in: nobody does here.`
    })
    return { errors, warnings }
  }
  const usesCode = app.grantTypes.includes('authorization_code')
  if (usesCode && app.redirectUris.length === 0) {
    errors.redirectUris = 'Name at least one address people return to.'
  }
  if (app.grantTypes.every((grant) => grant === 'refresh_token')) {
    errors.grantTypes = 'Refresh tokens come after a code or a device code: choose one of them too.'
  }
  if (app.clientType !== 'server' && !app.requiresPkce) {
    errors.requiresPkce = 'An app that cannot keep a secret always uses PKCE.'
  } else if (!app.requiresPkce) {
    warnings.requiresPkce = 'Without PKCE a stolen code can be used by whoever also has the secret.'
  }
  return { errors, warnings }
}

type Reach = SettingsFact & { audience: 'internal' | 'everyone' }

/** Whether an app reaches further after a change: more scopes, people, ways to a token or addresses, or a weaker proof. */
export function reachesFurther(before: Reach, after: Reach): boolean {
  const isMore = (field: 'scopes' | 'grantTypes' | 'redirectUris') =>
    after[field].some((one) => !before[field].includes(one))
  return (
    isMore('scopes') ||
    isMore('grantTypes') ||
    isMore('redirectUris') ||
    (after.audience === 'everyone' && before.audience === 'internal') ||
    (before.requiresPkce && !after.requiresPkce)
  )
}

function isForPeople(scope: string): boolean {
  return scope !== SCOPE_OF_ITSELF && SIGN_IN_SCOPES.some(({ name }) => name === scope)
}

/** RFC 8252 §7.3: the hosts whose port a native app may choose when it asks. */
function isLoopback(hostname: string): boolean {
  return hostname === '127.0.0.1' || hostname === '[::1]' || hostname === 'localhost'
}

function hasDotSegment(uri: string): boolean {
  const path = uri.split('?')[0] ?? ''
  return /\/(\.|%2e){1,2}(\/|$)/i.test(path)
}

/** An own secret is as strong as one we make only if guessing it takes as long. */
const SECRET_BITS_MIN = 128
const SECRET_LENGTH_MIN = 32
const SECRET_LENGTH_MAX = 256

/** Why an own secret is refused, in words, or null. */
export function judgeSecret(value: string): string | null {
  if (value.length < SECRET_LENGTH_MIN)
    return `A secret of your own has at least ${SECRET_LENGTH_MIN} characters.`
  if (value.length > SECRET_LENGTH_MAX) return `A secret has at most ${SECRET_LENGTH_MAX} characters.`
  if (!/^[\x21-\x7e]+$/.test(value))
    return 'A secret has letters, digits and signs of ASCII only, and no spaces.'
  if (estimateBits(value) < SECRET_BITS_MIN)
    return 'This secret is too easy to guess: let a generator make it.'
  return null
}

/**
 * How many bits guessing a value takes at most: its alphabet to the power of what in it is not repeated. A character
 * that continues a run (aaa, abc, 321) counts nothing, and a repetition of four or more characters seen before counts as one.
 */
export function estimateBits(value: string): number {
  const classes: [RegExp, number][] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/[0-9]/, 10],
    [/[^a-zA-Z0-9]/, 33],
  ]
  const alphabet = classes.reduce((sum, [pattern, size]) => sum + (pattern.test(value) ? size : 0), 0)
  return alphabet === 0 ? 0 : unpredictable(value) * Math.log2(alphabet)
}

const REPETITION_LENGTH_MIN = 4

/** The fewest characters that say all of it, however it is taken apart: what follows never changes what came before. */
function unpredictable(value: string): number {
  const fewest = [0, ...Array.from(value, () => Number.POSITIVE_INFINITY)]
  const reach = (end: number, count: number) => {
    fewest[end] = Math.min(fewest[end] as number, count)
  }
  for (let at = 0; at < value.length; at += 1) {
    const before = fewest[at] as number
    reach(at + 1, before + (continuesRun(value, at) ? 0 : 1))
    const repeated = lengthSeenBefore(value, at)
    for (let length = REPETITION_LENGTH_MIN; length <= repeated; length += 1) reach(at + length, before + 1)
  }
  return fewest[value.length] as number
}

function continuesRun(value: string, at: number): boolean {
  const step = value.charCodeAt(at) - value.charCodeAt(at - 1)
  const former = value.charCodeAt(at - 1) - value.charCodeAt(at - 2)
  return at >= 2 && step === former && Math.abs(step) <= 1
}

function lengthSeenBefore(value: string, at: number): number {
  let length = 0
  while (at + length < value.length && value.slice(0, at).includes(value.slice(at, at + length + 1)))
    length += 1
  return length
}

/** What a scope asks of an app that acts for itself. */
export type ScopeNeeds = { needsOrganization: boolean; needsEnvironment: boolean }
export type ContextFact = {
  scope: string
  /** Whether the organization is the app's residence or lies below it. */
  isInsideResidence: boolean
  /** `foreign`: the environment is not one of that organization. */
  environment: 'none' | 'own' | 'foreign'
}

/**
 * Why the places chosen for an app acting for itself are refused, per field, or an empty record. Each scope that
 * needs organizations has one at least, all inside the app's residence; one that needs an environment names it each time.
 */
export function judgeContexts(
  scopes: ReadonlyMap<string, ScopeNeeds>,
  contexts: readonly ContextFact[],
): Record<string, string> {
  const problems: Record<string, string> = {}
  contexts.forEach((context, at) => {
    const problem = judgeContext(scopes.get(context.scope), context)
    if (problem) problems[`contexts.${at}`] = problem
  })
  for (const [scope, needs] of scopes) {
    if (needs.needsOrganization && !contexts.some((context) => context.scope === scope)) {
      problems.contexts ??= `Choose at least one organization for ${scope}.`
    }
  }
  return problems
}

function judgeContext(needs: ScopeNeeds | undefined, context: ContextFact): string | null {
  if (!needs) return `${context.scope} is not among the app’s scopes.`
  if (!needs.needsOrganization) return `${context.scope} is not limited to organizations.`
  if (!context.isInsideResidence) return 'This organization lies outside the one the app resides in.'
  if (context.environment === 'foreign') return 'This environment belongs to another organization.'
  if (needs.needsEnvironment && context.environment === 'none')
    return `Choose an environment for ${context.scope}.`
  if (!needs.needsEnvironment && context.environment !== 'none')
    return `${context.scope} needs no environment.`
  return null
}

/** A caller that runs once a day still holds the older secret for as long. */
const QUIET_HOURS = 24

type Used = { createdAt: Date; lastUsedAt: Date | null; isLive: boolean }

/** Whether a newer secret has taken over: it was used a day and more after anything last tried this one. */
export function isOvertaken(secret: Used, all: readonly Used[]): boolean {
  const quietSince = (secret.lastUsedAt ?? secret.createdAt).getTime() + QUIET_HOURS * 3_600_000
  return all.some(
    (other) =>
      other.isLive && other.createdAt > secret.createdAt && (other.lastUsedAt?.getTime() ?? 0) >= quietSince,
  )
}

/** What becomes of one app in a bulk rotation. */
export type RotationOutcome = 'ready' | 'public-client' | 'not-held' | 'full' | 'underway'
type RotationFacts = { clientType: ClientType; live: number; isHeld: boolean; isUnderway: boolean }

/** Whether an app's secret can be rotated together with others, or why it is left out. With no overlap the older ones make room. */
export function judgeRotation(app: RotationFacts, overlapHours: number): RotationOutcome {
  if (app.clientType !== 'server') return 'public-client'
  if (!app.isHeld) return 'not-held'
  if (app.isUnderway) return 'underway'
  if (overlapHours > 0 && app.live >= LIVE_SECRETS_MAX) return 'full'
  return 'ready'
}

/**
 * Whether no other administrators may come to rule an app, unless the root's agree: one that introspects every token of the
 * root organization, or those of an API that it answers for. Its secret, once theirs, would tell them too.
 */
export function keepsResidenceForRoot(app: {
  introspectsOrganization: boolean
  answersFor: string | null
}): boolean {
  return app.introspectsOrganization || app.answersFor !== null
}

/**
 * Whether an app's secrets and keys are for those alone who may change them in the root organization itself: of one that
 * introspects every token of it, wherever it resides. One that answers for an API is told of tokens that are sent to it anyway:
 * whoever looks after it where the root's administrators let it reside keeps its credentials.
 */
export function keepsCredentialsForRoot(app: { introspectsOrganization: boolean }): boolean {
  return app.introspectsOrganization
}
