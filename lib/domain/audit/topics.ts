import type { Permission } from '../permissions/catalogue.ts'
import { type Noun, nounOf } from './acts.ts'
import type { EventName } from './events.ts'

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

/**
 * What is told beside the names of events: where it shows that something happened in another root organization, whose audit log
 * alone keeps it. Of an installed app that is what these pages show of it (migration `changes_told_by_name`).
 */
const SHOWN_ELSEWHERE: Readonly<Record<string, readonly Topic[]>> = {
  'installed-app': ['authorizations', 'allowlist'],
  account: ['people', 'connected-apps', 'authorizations', 'allowlist'],
}

/** Where it shows that these happened; null, because nobody knows what did: everywhere. */
export function topicsOf(names: ReadonlySet<string> | null): Set<Topic> {
  if (names === null) return new Set(ALL_TOPICS)
  return new Set([...names].flatMap(shownOf))
}

function shownOf(name: string): readonly Topic[] {
  return SHOWN_ELSEWHERE[name] ?? [...(SHOWN_IN[nounOf(name as EventName)] ?? ALL_TOPICS), 'audit']
}

/** Whether somebody may have lost or gained a right, their session or their token where something happened to these. */
const CHANGES_RIGHTS: Readonly<Record<Noun, boolean>> = {
  organization: true,
  'business-group': true,
  environment: true,
  operator: false,
  membership: true,
  invitation: false,
  group: false,
  user: true,
  session: true,
  'connected-app': true,
  api: true,
  scope: true,
  'bulk-rotation': false,
  installation: true,
  authorization: true,
  authorizations: true,
  'token-family': true,
  'signing-key': false,
  // Its reviewers, and entries whose end ends authorizations.
  allowlist: true,
  audit: false,
}
/** What happens all day long and takes no right from anybody. */
const CHANGE_NO_RIGHTS: ReadonlySet<string> = new Set<EventName>([
  'session.started',
  'session.refused',
  'authorization.granted',
  'authorization.widened',
  'authorization.denied',
])

/** Whether rights may be different after these happened; null, because nobody knows what did: yes. So may they after what happened elsewhere. */
export function mayChangeRights(names: ReadonlySet<string> | null): boolean {
  if (names === null) return true
  return [...names].some(
    (name) => !CHANGE_NO_RIGHTS.has(name) && (CHANGES_RIGHTS[nounOf(name as EventName)] ?? true),
  )
}
