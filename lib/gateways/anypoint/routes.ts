import type { Route } from './route.ts'
import { APP_SCOPE_ROUTES } from './routes/app-scopes.ts'
import { CONNECTED_APPLICATION_ROUTES } from './routes/connected-applications.ts'
import { ORGANIZATION_ROUTES } from './routes/organizations.ts'
import { USER_ROUTES } from './routes/users.ts'

/** Every address below `/accounts/api` that is not the authorization server's. */
export const ROUTES: readonly Route[] = [
  ...CONNECTED_APPLICATION_ROUTES,
  ...APP_SCOPE_ROUTES,
  ...ORGANIZATION_ROUTES,
  ...USER_ROUTES,
]
