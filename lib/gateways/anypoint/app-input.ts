import { SCOPE_OF_ITSELF } from '../../domain/connected-apps/scopes.ts'
import { AnypointProblem } from './problem.ts'

/** Ways to a token that are not offered here, and what to use in their place. */
const NOT_OFFERED: Record<string, string> = {
  password:
    'The grant type password is not offered: it hands people’s passwords to apps. Use authorization_code.',
  implicit:
    'The grant type implicit is not offered: it shows tokens to browsers’ histories. Use authorization_code.',
  'urn:ietf:params:oauth:grant-type:jwt-bearer':
    'The JWT bearer grant is not offered: an app acts for people after their consent. Use authorization_code.',
}

export type AppCore = {
  name?: unknown
  website?: unknown
  redirectUris?: unknown
  grantTypes?: string[]
  scopes?: string[]
  audience?: unknown
}

/** What a body says of an app's settings, in our words. What it leaves out is left out; what is no setting is not read. */
export function coreOf(body: Record<string, unknown>): AppCore {
  refuseUnkept(body)
  const core: AppCore = {
    name: body.client_name,
    website: body.client_uri === '' ? null : body.client_uri,
    redirectUris: body.redirect_uris,
    grantTypes: grantTypesOf(body.grant_types),
    scopes: scopesOf(body.scopes),
    audience: body.audience,
  }
  return Object.fromEntries(Object.entries(core).filter(([, value]) => value !== undefined))
}

/** Whether what was asked for is an app that acts for itself. */
export function actsForItself(grantTypes: readonly string[]): boolean {
  return grantTypes.includes('client_credentials')
}

/** Nobody asks for its own identity: it comes by itself, and is read back. */
export function withoutOwn(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => scope !== SCOPE_OF_ITSELF)
}

function grantTypesOf(given: unknown): string[] | undefined {
  if (given === undefined) return undefined
  const types = wordsIn(given, 'grant_types')
  for (const type of types) {
    const sentence = NOT_OFFERED[type]
    if (sentence) throw new AnypointProblem(400, sentence)
  }
  if (types.length > 1 && actsForItself(types)) {
    throw new AnypointProblem(400, 'client_credentials stands alone: an app acts for itself or for people.')
  }
  return types
}

function scopesOf(given: unknown): string[] | undefined {
  return given === undefined ? undefined : wordsIn(given, 'scopes')
}

function wordsIn(given: unknown, name: string): string[] {
  if (Array.isArray(given) && given.every((one) => typeof one === 'string')) return [...new Set(given)]
  throw new AnypointProblem(400, `${name} is a list of words.`)
}

function refuseUnkept({ policy_uri, tos_uri }: Record<string, unknown>): void {
  if (policy_uri || tos_uri) {
    throw new AnypointProblem(400, 'policy_uri and tos_uri are not kept here: leave them out.')
  }
}
