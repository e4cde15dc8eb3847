import { createApp } from '../../../domain/connected-apps/create-app.ts'
import { deleteApp } from '../../../domain/connected-apps/delete-app.ts'
import { disableApp } from '../../../domain/connected-apps/disable-app.ts'
import { enableApp } from '../../../domain/connected-apps/enable-app.ts'
import { endSecret } from '../../../domain/connected-apps/end-secret.ts'
import { getApp } from '../../../domain/connected-apps/get-app.ts'
import { listOwnedApps } from '../../../domain/connected-apps/list-owned-apps.ts'
import { listPossibleOwners } from '../../../domain/connected-apps/list-possible-owners.ts'
import { rotateSecret } from '../../../domain/connected-apps/rotate-secret.ts'
import type {
  CreateAppInput,
  ListOwnedAppsInput,
  SetContextsInput,
} from '../../../domain/connected-apps/schema.ts'
import { setContexts } from '../../../domain/connected-apps/set-contexts.ts'
import { updateApp } from '../../../domain/connected-apps/update-app.ts'
import { appOf, organizationOf, secretOf } from '../named.ts'
import type { Call, Route } from '../route.ts'
import { save } from '../save.ts'

const FILTERS = [
  'actsAs',
  'clientType',
  'residenceId',
  'ownerId',
  'state',
  'audience',
  'origin',
  'scope',
] as const
const FLAGS = ['isRotationDue'] as const

export const CONNECTED_APP_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/organizations/{organization}/connected-apps',
    query: ['search', 'sort', 'cursor', ...FILTERS, ...FLAGS],
    run: async (call) => {
      const { apps, ...page } = await listOwnedApps(call.actor, listed(call))
      return { body: { data: apps, ...page } }
    },
  },
  {
    method: 'POST',
    path: '/organizations/{organization}/connected-apps',
    run: async (call) => {
      const input = { ...call.body, organizationId: organizationOf(call) } as CreateAppInput
      const made = await createApp(call.actor, input)
      const headers = { Location: `/api/v1/connected-apps/${made.appId}`, ETag: '"1"' }
      return { status: 201, body: { ...made, version: 1 }, headers }
    },
  },
  {
    method: 'GET',
    path: '/connected-apps/{app}',
    run: async (call) => {
      const app = await getApp(call.actor, appOf(call))
      return { body: app, headers: { ETag: `"${app.version}"` } }
    },
  },
  {
    method: 'PATCH',
    path: '/connected-apps/{app}',
    run: (call) =>
      save(call, (version) => updateApp(call.actor, { ...call.body, version, appId: appOf(call) })),
  },
  {
    method: 'DELETE',
    path: '/connected-apps/{app}',
    // The name has to be given, as it has to be typed in the console: it cannot be undone.
    query: ['name'],
    run: async (call) => {
      await deleteApp(call.actor, { appId: appOf(call), name: call.query.name ?? '' })
      return {}
    },
  },
  {
    method: 'PUT',
    path: '/connected-apps/{app}/contexts',
    run: (call) =>
      save(call, (version) => {
        const input = { ...call.body, version, appId: appOf(call) } as SetContextsInput
        return setContexts(call.actor, input)
      }),
  },
  {
    method: 'PUT',
    path: '/connected-apps/{app}/disabled',
    run: async (call) => {
      await disableApp(call.actor, { appId: appOf(call) })
      return {}
    },
  },
  {
    method: 'DELETE',
    path: '/connected-apps/{app}/disabled',
    run: async (call) => {
      await enableApp(call.actor, { appId: appOf(call) })
      return {}
    },
  },
  {
    method: 'GET',
    path: '/connected-apps/{app}/possible-owners',
    query: ['search'],
    run: async (call) => ({
      body: { data: await listPossibleOwners(call.actor, appOf(call), call.query.search ?? '') },
    }),
  },
  {
    method: 'GET',
    path: '/connected-apps/{app}/secrets',
    run: async (call) => ({ body: { data: (await getApp(call.actor, appOf(call))).secrets } }),
  },
  {
    method: 'POST',
    path: '/connected-apps/{app}/secrets',
    run: async (call) => ({
      status: 201,
      body: await rotateSecret(call.actor, { ...call.body, appId: appOf(call) }),
    }),
  },
  {
    method: 'DELETE',
    path: '/connected-apps/{app}/secrets/{secret}',
    run: async (call) => {
      await endSecret(call.actor, { appId: appOf(call), secretId: secretOf(call) })
      return {}
    },
  },
]

function listed(call: Call): ListOwnedAppsInput {
  const { search, sort, cursor, ...filters } = call.query
  const flags = Object.fromEntries(
    FLAGS.filter((name) => name in filters).map((name) => [name, asFlag(filters[name])]),
  )
  return {
    organizationId: organizationOf(call),
    search,
    sort,
    cursor,
    filters: { ...filters, ...flags },
  } as ListOwnedAppsInput
}

/** What is neither stays as it is: the query refuses it in its own words. */
function asFlag(text: string | undefined): unknown {
  return text === 'true' ? true : text === 'false' ? false : text
}
