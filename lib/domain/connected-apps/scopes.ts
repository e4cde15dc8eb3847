import type { PERMISSIONS } from '../permissions/catalogue.ts'

export type RiskClass = 'low' | 'medium' | 'high'

/** A scope in words: what consent says, what stands below it, and how much harm it can do in wrong hands. */
export type ScopeInWords = {
  name: string
  title: string
  description: string
  risk: RiskClass
  /** Whether an app acting for itself must say for which organizations. */
  needsOrganization: boolean
}

/** The scopes of our own API, as the permission catalogue names them: one too many or one missing does not compile. */
type OwnScope = Exclude<(typeof PERMISSIONS)[keyof typeof PERMISSIONS]['scope'], null>

/** The scope of a refresh token: whoever grants it is told that the app keeps access while they are away. */
export const KEEPING_ACCESS = 'offline_access'

/** OpenID Connect Core §5.4 and §11, for people who sign in. */
export const SIGN_IN_SCOPES: readonly ScopeInWords[] = [
  {
    name: 'openid',
    title: 'Sign you in',
    description: 'Learn that it is you, by an identifier that says nothing else about you.',
    risk: 'low',
    needsOrganization: false,
  },
  {
    name: 'profile',
    title: 'See your name and username',
    description: 'Read your full name and your username.',
    risk: 'low',
    needsOrganization: false,
  },
  {
    name: 'email',
    title: 'See your e-mail address',
    description: 'Read the e-mail address of your account.',
    risk: 'low',
    needsOrganization: false,
  },
  {
    name: KEEPING_ACCESS,
    title: 'Keep access while you are away',
    description: 'Go on acting for you when you do not use the app, until the access is removed.',
    risk: 'medium',
    needsOrganization: false,
  },
]

const OWN_SCOPES: Record<OwnScope, Omit<ScopeInWords, 'name' | 'needsOrganization'>> = {
  'connected-apps:read': {
    title: 'See connected apps',
    description:
      'List and open connected apps: settings, owners and the story of their secrets, never a secret.',
    risk: 'low',
  },
  'connected-apps:write': {
    title: 'Manage connected apps',
    description: 'Create, change, move, disable, hand over and delete connected apps.',
    risk: 'high',
  },
  'connected-apps:secrets': {
    title: 'Rotate client secrets and change keys',
    description:
      'Make new client secrets for connected apps, give them public keys, end old ones, and dismiss that one should be rotated.',
    risk: 'high',
  },
  'apis:read': {
    title: 'See APIs and scopes',
    description: 'Read which APIs and scopes there are, what they permit and how many apps use them.',
    risk: 'low',
  },
  'apis:write': {
    title: 'Define APIs and scopes',
    description: 'Define APIs and their scopes, change what consent says of them, and end them.',
    risk: 'high',
  },
  'organizations:read': {
    title: 'See organizations',
    description: 'Read organizations, their business groups and environments.',
    risk: 'low',
  },
  'people:read': {
    title: 'See people',
    description: 'Read names, e-mail addresses and roles of people, their groups, and who is invited.',
    risk: 'medium',
  },
  'people:write': {
    title: 'Manage people',
    description: 'Invite people, give and take roles, remove and deactivate people, and change groups.',
    risk: 'high',
  },
  'organizations:write': {
    title: 'Manage organizations',
    description:
      'Make, rename, move and delete business groups, change environments and the settings of organizations.',
    risk: 'high',
  },
  'organizations:transfer': {
    title: 'Hand an organization over',
    description: 'Name another owner of the organization you own. Only the new owner can hand it back.',
    risk: 'high',
  },
  'people:delete': {
    title: 'Delete accounts',
    description: 'Delete accounts of people whose home the organization is, for good.',
    risk: 'high',
  },
  'authorizations:read': {
    title: 'See authorizations',
    description: 'See which apps people authorized, for what, and when they were last used.',
    risk: 'medium',
  },
  'authorizations:remove': {
    title: 'Remove, freeze, block and limit apps',
    description:
      'End what people authorized, and freeze, block or hold an app to networks for the whole organization.',
    risk: 'high',
  },
  'allowlist:read': {
    title: 'See the policy and the application allowlist',
    description: 'Read the policy, the application allowlist and approval requests.',
    risk: 'low',
  },
  'allowlist:write': {
    title: 'Change the policy and the application allowlist',
    description: 'Choose the policy, change allowlist entries, approve and decline requests.',
    risk: 'high',
  },
  'audit:read': {
    title: 'Read the audit log',
    description: 'Read what happened in the organization, by whom and when.',
    risk: 'medium',
  },
}

export const API_SCOPES: readonly ScopeInWords[] = Object.entries(OWN_SCOPES).map(([name, words]) => ({
  name,
  ...words,
  needsOrganization: true,
}))

/** What every app acting for itself holds without asking: its own identity. */
export const SCOPE_OF_ITSELF = 'profile'
