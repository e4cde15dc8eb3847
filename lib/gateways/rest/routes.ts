import type { Route } from './route.ts'
import { ACCOUNT_ROUTES } from './routes/accounts.ts'
import { ALLOWLIST_ROUTES } from './routes/allowlist.ts'
import { API_ROUTES } from './routes/apis.ts'
import { APP_LOGO_ROUTES } from './routes/app-logo.ts'
import { AUDIT_ROUTES } from './routes/audit.ts'
import { AUTHORIZATION_ROUTES } from './routes/authorizations.ts'
import { BULK_ROTATION_ROUTES } from './routes/bulk-rotations.ts'
import { BUSINESS_GROUP_ROUTES } from './routes/business-groups.ts'
import { CHANGE_ROUTES } from './routes/changes.ts'
import { CONNECTED_APP_ROUTES } from './routes/connected-apps.ts'
import { CREDENTIAL_ROUTES } from './routes/credentials.ts'
import { GROUP_ROUTES } from './routes/groups.ts'
import { INVITATION_ROUTES } from './routes/invitations.ts'
import { ME_ROUTES } from './routes/me.ts'
import { ORGANIZATION_ROUTES } from './routes/organizations.ts'
import { OWNED_APPS_ROUTES } from './routes/owned-apps.ts'
import { PEOPLE_ROUTES } from './routes/people.ts'
import { REMOVAL_ROUTES } from './routes/removals.ts'

/** Every address of our own API, by noun: one verb or query behind each. */
export const ROUTES_BY_NOUN: readonly { noun: string; routes: readonly Route[] }[] = [
  { noun: 'Who is asking', routes: ME_ROUTES },
  { noun: 'Organizations', routes: [...ORGANIZATION_ROUTES, ...BUSINESS_GROUP_ROUTES] },
  { noun: 'People', routes: [...PEOPLE_ROUTES, ...ACCOUNT_ROUTES] },
  { noun: 'Invitations', routes: INVITATION_ROUTES },
  { noun: 'Groups', routes: GROUP_ROUTES },
  { noun: 'Connected apps', routes: [...CONNECTED_APP_ROUTES, ...APP_LOGO_ROUTES, ...OWNED_APPS_ROUTES] },
  { noun: 'Credentials', routes: CREDENTIAL_ROUTES },
  { noun: 'Bulk rotations', routes: BULK_ROTATION_ROUTES },
  { noun: 'APIs and scopes', routes: API_ROUTES },
  { noun: 'Authorizations', routes: [...AUTHORIZATION_ROUTES, ...REMOVAL_ROUTES] },
  { noun: 'Policy and allowlist', routes: ALLOWLIST_ROUTES },
  { noun: 'Audit log', routes: AUDIT_ROUTES },
  { noun: 'Changes', routes: CHANGE_ROUTES },
]

export const ROUTES: readonly Route[] = ROUTES_BY_NOUN.flatMap(({ routes }) => routes)
