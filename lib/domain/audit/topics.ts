import type { Permission } from '../permissions/catalogue.ts'
import type { Noun } from './acts.ts'

/**
 * What a screen shows, as far as one is told that it changed: each with the permission to see it, asked of the root organization or
 * anywhere in the branch.
 */
export const TOPICS = {
  'connected-apps': { permission: 'connected-apps.list', askedOf: 'branch' },
  authorizations: { permission: 'authorizations.list', askedOf: 'root' },
  allowlist: { permission: 'allowlist.review', askedOf: 'root' },
  people: { permission: 'organizations.list-people', askedOf: 'branch' },
  organizations: { permission: 'organizations.list-business-groups', askedOf: 'branch' },
  apis: { permission: 'apis.view', askedOf: 'branch' },
  audit: { permission: 'audit.view', askedOf: 'root' },
} as const satisfies Record<string, { permission: Permission; askedOf: 'root' | 'branch' }>

export type Topic = keyof typeof TOPICS
export const ALL_TOPICS = Object.keys(TOPICS) as [Topic, ...Topic[]]

/** Where it shows that something happened to a noun, beside the audit log, which shows everything. */
const SHOWN_IN: Readonly<Record<Noun, readonly Topic[]>> = {
  organization: ['organizations', 'connected-apps', 'authorizations', 'allowlist', 'people'],
  'business-group': ['organizations', 'connected-apps', 'people'],
  environment: ['organizations', 'connected-apps'],
  operator: [],
  membership: ['people', 'organizations', 'connected-apps', 'authorizations', 'allowlist'],
  invitation: ['people'],
  group: ['people', 'allowlist'],
  user: ['people', 'connected-apps', 'authorizations', 'allowlist'],
  session: [],
  'connected-app': ['connected-apps', 'organizations', 'authorizations', 'allowlist'],
  api: ['apis', 'connected-apps', 'allowlist'],
  scope: ['apis', 'connected-apps', 'allowlist'],
  'bulk-rotation': ['connected-apps'],
  installation: ['authorizations', 'allowlist'],
  authorization: ['authorizations', 'allowlist'],
  authorizations: ['authorizations', 'allowlist'],
  'token-family': ['authorizations'],
  'signing-key': [],
  allowlist: ['allowlist', 'authorizations'],
  audit: [],
}

/** Where it shows that something happened to these; null, because nobody knows to what: everywhere. */
export function topicsOf(nouns: ReadonlySet<string> | null): Set<Topic> {
  if (nouns === null) return new Set(ALL_TOPICS)
  const shown = [...nouns].flatMap((noun) => SHOWN_IN[noun as Noun] ?? ALL_TOPICS)
  return new Set<Topic>([...shown, 'audit'])
}
