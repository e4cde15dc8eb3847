import type { Route } from './route.ts'
import { ALLOWLIST_ROUTES } from './routes/allowlist.ts'
import { AUTHORIZATION_ROUTES } from './routes/authorizations.ts'
import { CONNECTED_APP_ROUTES } from './routes/connected-apps.ts'
import { ORGANIZATION_ROUTES } from './routes/organizations.ts'

/** Every address of our own API: nouns in the path, one verb or query behind each. */
export const ROUTES: readonly Route[] = [
  ...ORGANIZATION_ROUTES,
  ...CONNECTED_APP_ROUTES,
  ...AUTHORIZATION_ROUTES,
  ...ALLOWLIST_ROUTES,
]
