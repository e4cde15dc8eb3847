import { type Id, isId } from '../../../base/ids.ts'
import { listEvents } from '../../../domain/audit/queries.ts'
import { listScopes } from '../../../domain/connected-apps/list-scopes.ts'
import { getOrganization } from '../../../domain/organizations/get-organization.ts'
import { listOrganizationsOf } from '../../../domain/organizations/list-organizations-of.ts'
import { organizationOf } from '../named.ts'
import { Problem } from '../problem.ts'
import type { Route } from '../route.ts'

export const ORGANIZATION_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/organizations',
    run: async ({ actor }) => ({ body: { data: await listOrganizationsOf(actor) } }),
  },
  {
    method: 'GET',
    path: '/organizations/{organization}',
    run: async (call) => ({ body: await getOrganization(call.actor, organizationOf(call)) }),
  },
  {
    method: 'GET',
    path: '/organizations/{organization}/scopes',
    run: async (call) => ({ body: { data: await listScopes(call.actor, organizationOf(call)) } }),
  },
  {
    method: 'GET',
    path: '/organizations/{organization}/events',
    query: ['appId', 'cursor'],
    run: async (call) => {
      const { appId, cursor } = call.query
      const input = { rootOrganizationId: organizationOf(call), appId: appIn(appId), cursor }
      const { rows, next } = await listEvents(call.actor, input)
      return { body: { data: rows, next } }
    },
  },
]

function appIn(given: string | undefined): Id<'app'> | undefined {
  if (given === undefined || isId('app', given)) return given
  throw new Problem(400, 'That is no app ID.')
}
