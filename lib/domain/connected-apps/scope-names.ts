import { SIGN_IN_SCOPES } from './scopes.ts'

const PREFIX = /^[a-z][a-z0-9]*([.-][a-z0-9]+)*$/
/** What follows the prefix and its colon. RFC 6749 §3.3 allows far more; nobody can tell `l` from `I` in the rest of it. */
const REST = /^[a-z0-9]+([.:_-][a-z0-9]+)*$/

/**
 * Prefixes that are ours: the ones our own scopes have today, and those they may have in a later version. An API that
 * took one would stand in the way of an upgrade, or be taken for ours.
 */
export const RESERVED_PREFIXES: ReadonlySet<string> = new Set([
  ...SIGN_IN_SCOPES.map(({ name }) => name),
  ...['address', 'phone', 'oauth', 'oidc', 'saml', 'scim', 'full', 'api', 'refresh', 'offline'],
  ...[
    'connected-apps',
    'apps',
    'installations',
    'authorizations',
    'allowlist',
    'policies',
    'policy',
    'requests',
  ],
  ...['apis', 'scopes', 'tokens', 'secrets', 'keys', 'signing-keys', 'sessions', 'launcher'],
  ...['organizations', 'business-groups', 'environments', 'people', 'users', 'members', 'memberships'],
  ...['groups', 'roles', 'invitations', 'audit', 'events', 'webhooks', 'mail', 'mails'],
  ...[
    'settings',
    'deployment',
    'operator',
    'operators',
    'admin',
    'administration',
    'gatehouse',
    'access-management',
  ],
])

/** Why an API cannot have this prefix, in words, or null. Whether another one has it, the database says. */
export function judgePrefix(prefix: string): string | null {
  if (prefix.length < 2 || prefix.length > 40 || !PREFIX.test(prefix)) {
    return 'A prefix has 2 to 40 lowercase letters and digits, with dots or hyphens between them.'
  }
  if (RESERVED_PREFIXES.has(prefix)) return `${prefix} is kept for Gatehouse itself. Choose another prefix.`
  return null
}

/** Why a scope of the API with this prefix cannot have this name, in words, or null. */
export function judgeScopeName(name: string, prefix: string): string | null {
  if (!name.startsWith(`${prefix}:`))
    return `The scopes of this API begin with ${prefix}: (for example ${prefix}:read).`
  if (!REST.test(name.slice(prefix.length + 1))) {
    return `After ${prefix}: come lowercase letters and digits, with dots, colons, hyphens or underscores between them.`
  }
  return null
}
