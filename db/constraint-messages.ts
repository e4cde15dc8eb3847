import { Refusal, type RefusalCode } from '../lib/base/refusal.ts'

type Message = { code: RefusalCode; sentence: string; field?: string }

/**
 * Each constraint of the database by its name: what it says to the person who runs into it, and under which field.
 * `null` means that nobody can run into it by what they type: then it is a bug, and is logged as one.
 */
export const CONSTRAINT_MESSAGES: Record<string, Message | null> = {
  account_links_a_change_names_the_address: null,
  allowlist_entries_end_was_set_at_a_moment: null,
  allowlist_entries_once_per_app: {
    code: 'conflict',
    sentence: 'Somebody has just allowlisted this app. Look again before you change it.',
  },
  apis_audience_is_unique: {
    code: 'conflict',
    sentence: 'Another API has this audience, or had it before it ended.',
    field: 'audience',
  },
  apis_jwts_live_five_minutes_at_most: {
    code: 'invalid',
    sentence: 'A JWT access token lives one to five minutes.',
    field: 'jwtLifetimeSeconds',
  },
  apis_scope_prefix_is_plain: {
    code: 'invalid',
    sentence: 'A prefix has 2 to 40 lowercase letters and digits, with dots or hyphens between them.',
    field: 'scopePrefix',
  },
  apis_scope_prefix_is_unique: {
    code: 'conflict',
    sentence:
      'Another API has this prefix, or had it before it ended. Choose one that names your organization too.',
    field: 'scopePrefix',
  },
  app_contexts_are_named_once: {
    code: 'invalid',
    sentence: 'The same scope is given twice in the same place.',
    field: 'contexts',
  },
  app_keys_kid_is_unique_in_its_app: {
    code: 'conflict',
    sentence: 'The app already has a key with this ID (kid).',
    field: 'keys',
  },
  app_secrets_are_never_used_twice: {
    code: 'invalid',
    sentence: 'This value has been a secret of this app before. Choose another one.',
    field: 'value',
  },
  approval_requests_answer_has_a_moment: null,
  approval_requests_once_per_scope_set: {
    code: 'conflict',
    sentence: 'Somebody has just asked for the same. Look again.',
  },
  authorizations_once_per_membership_and_epoch: {
    code: 'conflict',
    sentence: 'You have just authorized this app in another window. Start again.',
  },
  bulk_rotation_apps_wait_in_one_rotation: {
    code: 'conflict',
    sentence: 'Somebody has just begun to rotate one of these secrets. Look again.',
  },
  bulk_rotations_are_begun_by_somebody: null,
  connected_apps_at_most_1000_scopes: {
    code: 'limit-reached',
    sentence: 'An app has at most 1,000 scopes.',
    field: 'scopes',
  },
  connected_apps_at_most_100_redirect_uris: {
    code: 'limit-reached',
    sentence: 'An app has at most 100 redirect URIs.',
    field: 'redirectUris',
  },
  connected_apps_client_id_is_unique: null,
  connected_apps_name_is_trimmed_and_short: {
    code: 'invalid',
    sentence: 'A name has 1 to 100 characters.',
    field: 'name',
  },
  connected_apps_name_per_root_organization: {
    code: 'conflict',
    sentence: 'Another app of this organization or of one of its business groups already has this name.',
    field: 'name',
  },
  connected_apps_only_servers_act_for_themselves: {
    code: 'invalid',
    sentence: 'Only a server can keep a secret, so only a server can act on its own behalf.',
    field: 'clientType',
  },
  connected_apps_public_clients_use_pkce: {
    code: 'invalid',
    sentence: 'An app that cannot keep a secret always uses PKCE.',
    field: 'requiresPkce',
  },
  deployment_has_one_row: null,
  environments_name_is_unique_in_its_organization: {
    code: 'conflict',
    sentence: 'The organization already has an environment of this name.',
    field: 'name',
  },
  groups_name_is_unique_in_its_root_organization: {
    code: 'conflict',
    sentence: 'There is already a group of this name.',
    field: 'name',
  },
  installations_blocked_are_not_frozen: null,
  installations_held_to_networks_have_some: null,
  installations_once_per_root_organization: null,
  invitations_by_token: null,
  invitations_once_per_address_and_organization: {
    code: 'conflict',
    sentence: 'This address already has an invitation here: send that one again.',
    field: 'email',
  },
  memberships_once_per_organization: {
    code: 'conflict',
    sentence: 'This person already has a place in the organization.',
    field: 'userId',
  },
  organizations_holds_at_least_one_app: {
    code: 'invalid',
    sentence: 'The limit of apps is at least one.',
    field: 'appsMax',
  },
  organizations_name_is_unique_among_siblings: {
    code: 'conflict',
    sentence: 'There is already a business group of this name here.',
    field: 'name',
  },
  organizations_root_has_an_owner_and_no_parent: null,
  organizations_secrets_live_at_least_a_day: {
    code: 'invalid',
    sentence: 'A secret lives from one day to ten years.',
    field: 'secretDaysMax',
  },
  scopes_name_is_a_scope_token: null,
  sessions_by_token: null,
  tokens_hang_on_a_family_or_on_an_app: null,
  users_email_has_an_at_sign: { code: 'invalid', sentence: 'That is no e-mail address.', field: 'email' },
  users_email_is_unique: {
    code: 'conflict',
    sentence: 'Somebody already has an account with this e-mail address.',
    field: 'email',
  },
  users_username_is_unique: {
    code: 'conflict',
    sentence: 'Somebody already has this username.',
    field: 'username',
  },
}

/** The refusal that a violated constraint stands for; anything else that was thrown comes back as it was. */
export function refusalForConstraint(thrown: unknown): unknown {
  const message = CONSTRAINT_MESSAGES[constraintOf(thrown) ?? '']
  if (!message) return thrown
  const { code, sentence, field } = message
  return new Refusal(code, sentence, field ? { [field]: sentence } : {})
}

/** Drizzle wraps what the driver threw; the driver names the constraint. */
function constraintOf(thrown: unknown): string | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ('constraint_name' in error && typeof error.constraint_name === 'string') return error.constraint_name
  }
  return undefined
}
