import { listScopes } from '../../../domain/connected-apps/list-scopes.ts'
import { getOrganization } from '../../../domain/organizations/get-organization.ts'
import { listOrganizationsOf } from '../../../domain/organizations/list-organizations-of.ts'
import { organizationOf } from '../named.ts'
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
]
