import { listScopes } from '../../../domain/connected-apps/list-scopes.ts'
import { getOrganization } from '../../../domain/organizations/get-organization.ts'
import { getSettings } from '../../../domain/organizations/get-settings.ts'
import { listOrganizationsOf } from '../../../domain/organizations/list-organizations-of.ts'
import { organizationOf } from '../named.ts'
import { type Route, route } from '../route.ts'
import {
  organizationDetails,
  organizationSettings,
  organizationsSeen,
  scopesOffered,
} from '../shapes/organizations.ts'
import { whole } from '../shapes/shape.ts'

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
    isVersioned: true,
    run: async (call) => {
      const organization = await getOrganization(call.actor, organizationOf(call))
      return { body: organization, headers: { ETag: `"${organization.version}"` } }
    },
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/settings',
    operation: 'getSettings',
    summary:
      'Read the settings of an organization: its environments with their use, and the rules of a root organization.',
    more: 'They are saved with the organization itself.',
    needs: 'organizations.update',
    answer: organizationSettings,
    isVersioned: true,
    run: async (call) => {
      const settings = await getSettings(call.actor, organizationOf(call))
      return { body: settings, headers: { ETag: `"${settings.version}"` } }
    },
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
]
