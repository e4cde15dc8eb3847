import { removeAuthorization } from '../../../domain/authorizations/remove-authorization.ts'
import { removeForEveryone } from '../../../domain/authorizations/remove-for-everyone.ts'
import { appOf, authorizationOf, organizationOf } from '../named.ts'
import type { Route } from '../route.ts'

export const AUTHORIZATION_ROUTES: readonly Route[] = [
  {
    method: 'DELETE',
    path: '/organizations/{organization}/authorized-apps/{app}',
    query: ['alsoBlock', 'alsoRemoveEntry'],
    run: async (call) => ({
      body: await removeForEveryone(call.actor, {
        rootOrganizationId: organizationOf(call),
        appId: appOf(call),
        alsoBlock: call.query.alsoBlock === 'true',
        alsoRemoveEntry: call.query.alsoRemoveEntry === 'true',
      }),
    }),
  },
  {
    method: 'DELETE',
    path: '/authorizations/{authorization}',
    run: async (call) => ({
      body: await removeAuthorization(call.actor, { authorizationId: authorizationOf(call) }),
    }),
  },
]
