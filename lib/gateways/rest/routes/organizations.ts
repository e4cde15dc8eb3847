import { z } from 'zod'
import { listEvents } from '../../../domain/audit/queries.ts'
import { listScopes } from '../../../domain/connected-apps/list-scopes.ts'
import { appIdSchema } from '../../../domain/connected-apps/schema.ts'
import { getOrganization } from '../../../domain/organizations/get-organization.ts'
import { listOrganizationsOf } from '../../../domain/organizations/list-organizations-of.ts'
import { organizationOf } from '../named.ts'
import { cursor } from '../query.ts'
import { type Route, route } from '../route.ts'
import { events, organizationDetails, organizationsSeen, scopesOffered } from '../shapes/organizations.ts'
import { paged, whole } from '../shapes/shape.ts'

export const ORGANIZATION_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/organizations',
    operation: 'listOrganizations',
    summary: 'List the organizations and business groups the caller has a place in.',
    more: 'An app acting for itself sees those chosen for its scope `organizations:read`.',
    needs: 'organizations.view',
    answer: organizationsSeen,
    run: async ({ actor }) => whole(await listOrganizationsOf(actor)),
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}',
    operation: 'getOrganization',
    summary: 'Read an organization with its business groups and environments.',
    needs: 'organizations.view',
    answer: organizationDetails,
    run: async (call) => ({ body: await getOrganization(call.actor, organizationOf(call)) }),
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/scopes',
    operation: 'listScopes',
    summary: 'List the scopes that apps of the organization may ask for.',
    needs: 'connected-apps.list',
    answer: scopesOffered,
    run: async (call) => whole(await listScopes(call.actor, organizationOf(call))),
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/events',
    operation: 'listEvents',
    summary: 'Read the audit log, the newest first.',
    more: 'With `appId`, whoever may open that app reads what happened to the app itself.',
    needs: 'audit.view',
    query: z.object({ appId: appIdSchema.optional(), cursor }),
    answer: events,
    run: async (call) =>
      paged(await listEvents(call.actor, { ...call.query, rootOrganizationId: organizationOf(call) })),
  }),
]
