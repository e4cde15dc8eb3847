/**
 * Everything that can happen, in the past tense, each with the sentence the audit log shows
 * (`{actor}` did it, `{subject}` is what it happened to, other names come from the details).
 * Details keep ids and the names of that day, never a secret.
 */
export const EVENTS = {
  'organization.created': '{actor} made {subject}',
  'business-group.created': '{actor} made the business group {subject}',
  'environment.created': '{actor} made the environment {subject}',
  'membership.created': '{actor} gave {subject} the role {role}',
  'session.started': '{subject} signed in',
  'session.refused': 'A sign-in as {subject} was refused',
  'session.ended': '{subject} signed out',
  'connected-app.created': '{actor} created {subject}',
  'connected-app.updated': '{actor} changed {subject}',
  'connected-app.owner-changed': '{actor} handed {subject} from {previousOwner} to {newOwner}',
  'connected-app.scopes-changed': '{actor} changed the scopes of {subject}',
  'connected-app.secret-rotated': '{actor} made a new secret for {subject}',
  'connected-app.secret-ended': '{actor} ended a secret of {subject}',
  'connected-app.disabled': '{actor} disabled {subject}',
  'connected-app.enabled': '{actor} enabled {subject}',
  'connected-app.deleted': '{actor} deleted {subject}',
  'installation.frozen': '{actor} froze {subject}',
  'installation.unfrozen': '{actor} unfroze {subject}',
  'installation.blocked': '{actor} blocked {subject}',
  'installation.unblocked': '{actor} unblocked {subject}',
  'authorization.granted': '{actor} authorized {subject}',
  'authorization.widened': '{actor} authorized {subject} for more',
  'authorization.denied': '{actor} did not authorize {subject}',
  'authorization.removed': '{actor} removed the authorization of {person} for {subject}',
  'authorizations.removed-for-everyone': '{actor} removed all authorizations of {subject}',
  'signing-key.rotated': '{actor} made a new signing key for {subject}',
  'token-family.ended': 'A token family of {subject} ended',
  'allowlist.policy-changed': '{actor} changed the policy from {before} to {after}',
  'allowlist.internal-auto-approval-changed': '{actor} switched automatic approval of internal apps {to}',
  'allowlist.entry-added': '{actor} allowlisted {subject}',
  'allowlist.entry-widened': '{actor} allowlisted {subject} for more',
  'allowlist.entry-trimmed': '{actor} allowlisted {subject} for less',
  'allowlist.entry-removed': '{actor} removed {subject} from the allowlist',
  'allowlist.approval-requested': '{actor} requested approval for {subject}',
  'allowlist.request-approved': '{actor} approved the request for {subject}',
  'allowlist.request-declined': '{actor} declined the request for {subject}',
  'allowlist.request-withdrawn': '{actor} no longer asks for {subject}',
} as const satisfies Record<string, string>

export type EventName = keyof typeof EVENTS
