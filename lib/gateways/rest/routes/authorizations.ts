import { getAuthorizedApp } from '../../../domain/authorizations/get-authorized-app.ts'
import { listAuthorizedApps } from '../../../domain/authorizations/list-authorized-apps.ts'
import { listMyAuthorizations } from '../../../domain/authorizations/list-my-authorizations.ts'
import { listPeopleOfApp } from '../../../domain/authorizations/list-people-of-app.ts'
import { listTokenFamilies } from '../../../domain/authorizations/list-token-families.ts'
import { previewRemoval } from '../../../domain/authorizations/preview-removal.ts'
import { removeAuthorization } from '../../../domain/authorizations/remove-authorization.ts'
import { removeForEveryone } from '../../../domain/authorizations/remove-for-everyone.ts'
import { appOf, authorizationOf, organizationOf } from '../named.ts'
import { Problem } from '../problem.ts'
import { type Call, isYes, type Route, yesOrNo } from '../route.ts'

export const AUTHORIZATION_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/organizations/{organization}/authorized-apps',
    query: ['search', 'isInternal', 'sort', 'cursor'],
    run: async (call) => {
      const { sort = 'last-used', search, cursor } = call.query
      const isInternal = yesOrNo(call, 'isInternal')
      if (sort !== 'last-used' && sort !== 'name') throw new Problem(400, 'Sort by name or by last-used.')
      const input = { search, isInternal, sort, cursor, ...rootOf(call) } as const
      return paged(await listAuthorizedApps(call.actor, input))
    },
  },
  {
    method: 'GET',
    path: '/organizations/{organization}/authorized-apps/{app}',
    run: async (call) => ({
      body: await getAuthorizedApp(call.actor, { ...rootOf(call), appId: appOf(call) }),
    }),
  },
  {
    method: 'GET',
    path: '/organizations/{organization}/authorized-apps/{app}/people',
    query: ['search', 'cursor'],
    run: async (call) =>
      paged(await listPeopleOfApp(call.actor, { ...call.query, ...rootOf(call), appId: appOf(call) })),
  },
  {
    method: 'GET',
    path: '/organizations/{organization}/authorized-apps/{app}/removal',
    run: async (call) => ({
      body: await previewRemoval(call.actor, { ...rootOf(call), appId: appOf(call) }),
    }),
  },
  {
    method: 'DELETE',
    path: '/organizations/{organization}/authorized-apps/{app}',
    query: ['alsoBlock', 'alsoRemoveEntry'],
    run: async (call) => ({
      body: await removeForEveryone(call.actor, {
        ...rootOf(call),
        appId: appOf(call),
        alsoBlock: isYes(call, 'alsoBlock'),
        alsoRemoveEntry: isYes(call, 'alsoRemoveEntry'),
      }),
    }),
  },
  {
    method: 'GET',
    path: '/organizations/{organization}/authorizations/{authorization}/token-families',
    query: ['cursor'],
    run: async (call) => {
      const input = { ...call.query, ...rootOf(call), authorizationId: authorizationOf(call) }
      return paged(await listTokenFamilies(call.actor, input))
    },
  },
  {
    method: 'GET',
    path: '/my-authorizations',
    query: ['cursor'],
    run: async (call) => paged(await listMyAuthorizations(call.actor, call.query)),
  },
  {
    method: 'DELETE',
    path: '/authorizations/{authorization}',
    run: async (call) => ({
      body: await removeAuthorization(call.actor, { authorizationId: authorizationOf(call) }),
    }),
  },
]

const rootOf = (call: Call) => ({ rootOrganizationId: organizationOf(call) })

function paged<T extends { rows: unknown[] }>({ rows, ...page }: T) {
  return { body: { data: rows, ...page } }
}
