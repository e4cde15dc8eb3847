/**
 * Who may do what: the whole truth, in one table. `docs/permissions.md` is printed from it, screens draw by it,
 * and every verb and query asks it through `may`.
 *
 * Holders, in words:
 * - `administrator`: administers the organization the thing resides in, or one above it
 * - `root-administrator`: administers the root organization
 * - `root-owner`: owns the root organization
 * - `developer`: develops in the organization, or in one above it
 * - `owning-developer`: owns the app and develops in its organization
 * - `member`: has a place in the root organization
 * - `placed`: has a place in the organization itself
 * - `reviewer`: administers a business group, and is named by the root organization to answer its requests
 * - `operator`: runs the deployment
 *
 * `scope` is what an app must hold to do it, for itself or for a person; null: no app may. `never` names the tokens that
 * do it for nobody, whatever they hold: it cannot be taken back.
 */
export type Holder =
  | 'administrator'
  | 'root-administrator'
  | 'root-owner'
  | 'developer'
  | 'owning-developer'
  | 'member'
  | 'placed'
  | 'reviewer'
  | 'operator'

/** A token an app has for itself, and one a script traded a person's password for. */
export type TokenKind = 'own' | 'password'

export type Row = {
  heldBy: readonly Holder[]
  scope: string | null
  never?: readonly TokenKind[]
  sentence: string
}

export const PERMISSIONS = {
  'connected-apps.list': {
    heldBy: ['administrator', 'developer'],
    scope: 'connected-apps:read',
    sentence: 'See Owned Apps: administrators all of their branch, developers the apps they own.',
  },
  'connected-apps.view': {
    heldBy: ['administrator', 'owning-developer'],
    scope: 'connected-apps:read',
    sentence: 'Open an app and see its settings and the story of its secrets, never a secret itself.',
  },
  'connected-apps.create': {
    heldBy: ['administrator', 'developer'],
    scope: 'connected-apps:write',
    sentence: 'Create an app in an organization.',
  },
  'connected-apps.update': {
    heldBy: ['administrator', 'owning-developer'],
    scope: 'connected-apps:write',
    sentence: 'Change an app: its name, website, redirect URIs, scopes and whom it is open to.',
  },
  'connected-apps.change-owner': {
    heldBy: ['administrator'],
    scope: 'connected-apps:write',
    sentence: 'Hand an app to another administrator or developer of its organization.',
  },
  'connected-apps.move': {
    heldBy: ['administrator'],
    scope: 'connected-apps:write',
    sentence:
      'Let an app reside in another organization of the tree: asked of the one it leaves and of the one it comes to.',
  },
  'connected-apps.rotate-secret': {
    heldBy: ['administrator', 'owning-developer'],
    scope: 'connected-apps:secrets',
    sentence:
      'Make a new client secret, say how long older ones still work, or dismiss the mark that one is due.',
  },
  'connected-apps.rotate-many': {
    heldBy: ['administrator', 'developer'],
    scope: 'connected-apps:secrets',
    sentence: 'Rotate the secrets of many apps of a branch at once: of each app that one may rotate alone.',
  },
  'connected-apps.change-keys': {
    heldBy: ['administrator', 'owning-developer'],
    scope: 'connected-apps:secrets',
    sentence: 'Add and end the public keys an app signs with, and say where it publishes them.',
  },
  'connected-apps.disable': {
    heldBy: ['administrator', 'owning-developer'],
    scope: 'connected-apps:write',
    sentence: 'Disable an app everywhere, and enable it again.',
  },
  'connected-apps.delete': {
    heldBy: ['administrator', 'owning-developer'],
    scope: 'connected-apps:write',
    sentence: 'Delete an app, with everything people authorized.',
  },
  'connected-apps.let-introspect': {
    heldBy: ['root-administrator'],
    scope: null,
    sentence: 'Name an app that may introspect every token of the organization.',
  },
  'apis.view': {
    heldBy: ['administrator', 'developer'],
    scope: 'apis:read',
    sentence: 'Read Scopes Documentation: every API and scope that apps of the organization may ask for.',
  },
  'apis.create': {
    heldBy: ['root-administrator'],
    scope: 'apis:write',
    sentence: 'Define an API of the root organization, and scopes of it.',
  },
  'apis.update': {
    heldBy: ['root-administrator'],
    scope: 'apis:write',
    sentence: 'Change an API of the root organization and the words of its scopes.',
  },
  'apis.end': {
    heldBy: ['root-administrator'],
    scope: 'apis:write',
    sentence: 'End an API of the root organization, or one of its scopes.',
  },
  'organizations.view': {
    heldBy: ['administrator', 'developer', 'placed'],
    scope: 'organizations:read',
    sentence: 'See an organization and its business groups.',
  },
  'organizations.list-people': {
    heldBy: ['administrator'],
    scope: 'people:read',
    sentence: 'See the people of an organization and their roles.',
  },
  'organizations.list-business-groups': {
    heldBy: ['administrator'],
    scope: 'organizations:read',
    sentence: 'See the business groups of an organization as a tree, with the people and apps in each.',
  },
  'organizations.update': {
    heldBy: ['administrator'],
    scope: 'organizations:write',
    sentence: 'Change the name and the website of an organization.',
  },
  'organizations.change-rules': {
    heldBy: ['root-administrator'],
    scope: null,
    sentence:
      'Say who may create apps, how long a client secret may live, and whether scripts may use passwords.',
  },
  'organizations.create-business-group': {
    heldBy: ['administrator'],
    scope: 'organizations:write',
    sentence: 'Make a business group under an organization, or move one there.',
  },
  'organizations.move-business-group': {
    heldBy: ['administrator'],
    scope: 'organizations:write',
    sentence: 'Take a business group out of the organization above it.',
  },
  'organizations.delete-business-group': {
    heldBy: ['administrator'],
    scope: 'organizations:write',
    sentence: 'Delete a business group under an organization, with everything below it.',
  },
  'organizations.create-environment': {
    heldBy: ['administrator'],
    scope: 'organizations:write',
    sentence: 'Give an organization an environment.',
  },
  'organizations.change-environment': {
    heldBy: ['administrator'],
    scope: 'organizations:write',
    sentence: 'Rename an environment, change its kind, and end it.',
  },
  'organizations.add-member': {
    heldBy: ['administrator'],
    scope: 'people:write',
    sentence: 'Give a person a role in an organization.',
  },
  'organizations.change-role': {
    heldBy: ['administrator'],
    scope: 'people:write',
    sentence: 'Change the role of a person in an organization, and how many apps they may own there.',
  },
  'organizations.remove-member': {
    heldBy: ['administrator'],
    scope: 'people:write',
    sentence: 'Remove a person from an organization and everything below it.',
  },
  'organizations.transfer-ownership': {
    heldBy: ['root-owner'],
    scope: 'organizations:transfer',
    never: ['own', 'password'],
    sentence: 'Hand the root organization to another of its administrators.',
  },
  'organizations.list-roots': {
    heldBy: ['operator'],
    scope: null,
    sentence: 'See the root organizations: name, owner, and how many people and apps, nothing inside.',
  },
  'organizations.create-root': {
    heldBy: ['operator'],
    scope: null,
    sentence: 'Make a root organization and name its owner.',
  },
  'organizations.suspend': {
    heldBy: ['operator'],
    scope: null,
    sentence: 'Suspend a root organization, and resume it.',
  },
  'organizations.limit-apps': {
    heldBy: ['operator'],
    scope: null,
    sentence: 'Say how many apps a root organization may have.',
  },
  'users.name-operator': {
    heldBy: ['operator'],
    scope: null,
    sentence: 'Make a person an operator, and end an operator’s office.',
  },
  'users.deactivate': {
    heldBy: ['root-administrator'],
    scope: 'people:write',
    sentence: 'Deactivate the account of a person whose home the root organization is, and reactivate it.',
  },
  'users.delete': {
    heldBy: ['root-administrator'],
    scope: 'people:delete',
    never: ['password'],
    sentence: 'Delete the account of a person whose home the root organization is.',
  },
  'users.end-sessions': {
    heldBy: ['root-administrator'],
    scope: 'people:write',
    sentence: 'Sign a person whose home the root organization is out of every browser.',
  },
  'invitations.list': {
    heldBy: ['root-administrator'],
    scope: 'people:read',
    sentence: 'See who is invited, where, and by whom.',
  },
  'invitations.send': {
    heldBy: ['root-administrator'],
    scope: 'people:write',
    sentence: 'Invite people by mail, send an invitation again and withdraw it.',
  },
  'groups.view': {
    heldBy: ['root-administrator'],
    scope: 'people:read',
    sentence: 'See the groups of people of the root organization.',
  },
  'groups.change': {
    heldBy: ['root-administrator'],
    scope: 'people:write',
    sentence: 'Make, change and delete groups of people, and say who is in them.',
  },
  'users.send-password-reset': {
    heldBy: ['root-administrator'],
    scope: 'people:write',
    sentence: 'Mail a person whose home the root organization is a link to choose a new password.',
  },
  'authorizations.list': {
    heldBy: ['root-administrator'],
    scope: 'authorizations:read',
    sentence:
      'See which apps the people of the root organization authorized, for what, and when they were used.',
  },
  'authorizations.remove': {
    heldBy: ['root-administrator'],
    scope: 'authorizations:remove',
    sentence: 'Remove an app’s authorizations for everyone in the root organization, or for one person.',
  },
  'installations.freeze': {
    heldBy: ['root-administrator'],
    scope: 'authorizations:remove',
    sentence: 'Freeze an app for the root organization’s people, and unfreeze it.',
  },
  'installations.block': {
    heldBy: ['root-administrator'],
    scope: 'authorizations:remove',
    sentence: 'Block an app in the root organization, and unblock it.',
  },
  'installations.limit-networks': {
    heldBy: ['root-administrator'],
    scope: 'authorizations:remove',
    sentence: 'Say from which networks an app may be used in the root organization.',
  },
  'allowlist.view': {
    heldBy: ['root-administrator'],
    scope: 'allowlist:read',
    sentence: 'See the policy and the application allowlist.',
  },
  'allowlist.change-policy': {
    heldBy: ['root-administrator'],
    scope: 'allowlist:write',
    sentence:
      'Choose Unrestricted, Restricted or Closed, whether internal apps are approved automatically, and the rules of requests.',
  },
  'allowlist.loosen-policy': {
    heldBy: ['root-administrator'],
    scope: null,
    sentence: 'Open the policy: to Unrestricted, out of Closed, or by approving internal apps automatically.',
  },
  'allowlist.change-entries': {
    heldBy: ['root-administrator'],
    scope: 'allowlist:write',
    sentence: 'Add an app to the application allowlist, and remove it.',
  },
  'allowlist.request': {
    heldBy: ['member'],
    scope: null,
    sentence: 'Ask the administrators of the root organization to allowlist an app.',
  },
  'allowlist.name-reviewers': {
    heldBy: ['root-administrator'],
    scope: 'allowlist:write',
    sentence: 'Name administrators of business groups who may answer approval requests, and end that.',
  },
  'allowlist.review': {
    heldBy: ['root-administrator', 'reviewer'],
    scope: 'allowlist:read',
    sentence: 'See which approval requests wait in the root organization, and what became of others.',
  },
  'allowlist.approve': {
    heldBy: ['root-administrator', 'reviewer'],
    scope: 'allowlist:write',
    sentence: 'Open an approval request, approve or decline it, and take a decline back.',
  },
  'signing-keys.rotate': {
    heldBy: ['operator'],
    scope: null,
    sentence: 'Make a new key that ID tokens are signed with.',
  },
  'audit.view': {
    heldBy: ['root-administrator'],
    scope: 'audit:read',
    sentence: 'Read the audit log of the root organization.',
  },
} as const satisfies Record<string, Row>

export type Permission = keyof typeof PERMISSIONS
