import { z } from 'zod'
import {
  createApiSchema,
  createScopeSchema,
  endScopeSchema,
  updateApiSchema,
  updateScopeSchema,
} from '../../../domain/connected-apps/apis-schema.ts'
import { createApi } from '../../../domain/connected-apps/create-api.ts'
import { createScope } from '../../../domain/connected-apps/create-scope.ts'
import { endApi } from '../../../domain/connected-apps/end-api.ts'
import { endScope } from '../../../domain/connected-apps/end-scope.ts'
import { getApi } from '../../../domain/connected-apps/get-api.ts'
import { listApis } from '../../../domain/connected-apps/list-apis.ts'
import { previewEnd } from '../../../domain/connected-apps/preview-end.ts'
import { updateApi } from '../../../domain/connected-apps/update-api.ts'
import { updateScope } from '../../../domain/connected-apps/update-scope.ts'
import { inOrganization, ofApi } from '../again.ts'
import { apiOf, organizationOf } from '../named.ts'
import { type Route, route } from '../route.ts'
import { save } from '../save.ts'
import {
  createdApi,
  createdScope,
  documentedApi,
  documentedApis,
  endEffect,
  savedVersion,
} from '../shapes/apis.ts'
import { whole } from '../shapes/shape.ts'

export const API_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/organizations/{organization}/apis',
    operation: 'listApis',
    summary: 'List the APIs and scopes that apps of the organization may ask for.',
    more: 'What is built in comes first, then the own APIs of the root organization.',
    needs: 'apis.view',
    answer: documentedApis,
    run: async (call) => whole(await listApis(call.actor, organizationOf(call))),
  }),
  route({
    method: 'POST',
    path: '/organizations/{organization}/apis',
    operation: 'createApi',
    summary: 'Define an API of the root organization.',
    more: 'Its audience and the prefix of its scopes never change, and stay taken after it ended.',
    needs: 'apis.create',
    body: createApiSchema.omit({ organizationId: true }),
    answer: createdApi,
    creates: { again: inOrganization },
    refuses: ['conflict', 'limit-reached'],
    run: async (call) => {
      const made = await createApi(call.actor, { ...call.body, organizationId: organizationOf(call) })
      return { body: { ...made, version: 1 }, headers: { ETag: '"1"' } }
    },
  }),
  route({
    method: 'GET',
    path: '/apis/{api}',
    operation: 'getApi',
    summary: 'Read one API of the root organization with its scopes.',
    needs: 'apis.view',
    answer: documentedApi,
    isVersioned: true,
    run: async (call) => {
      const api = await getApi(call.actor, apiOf(call))
      return { body: api, headers: { ETag: `"${api.version}"` } }
    },
  }),
  route({
    method: 'PATCH',
    path: '/apis/{api}',
    operation: 'updateApi',
    summary: 'Change an API: its words, the app that answers for it, and the format of its tokens.',
    more: 'It holds at the next token check; a JWT that is out is accepted until it expires.',
    needs: 'apis.update',
    body: updateApiSchema.omit({ apiId: true }).partial({ version: true }),
    answer: savedVersion,
    isVersioned: true,
    refuses: ['conflict'],
    run: (call) =>
      save(
        call,
        (version) => updateApi(call.actor, { ...call.body, version, apiId: apiOf(call) }),
        () => getApi(call.actor, apiOf(call)),
      ),
  }),
  route({
    method: 'DELETE',
    path: '/apis/{api}',
    operation: 'endApi',
    summary: 'End an API with all of its scopes.',
    more: 'The name has to be given, as it has to be typed in the console: it cannot be undone.',
    needs: 'apis.end',
    query: z.object({ name: z.string().meta({ description: 'The name of the API, as it is.' }) }),
    run: async (call) => {
      await endApi(call.actor, { apiId: apiOf(call), name: call.query.name })
      return {}
    },
  }),
  route({
    method: 'GET',
    path: '/apis/{api}/end-effect',
    operation: 'previewEnd',
    summary: 'Read which apps and how many authorizations hold the scopes of an API, or one of them.',
    needs: 'apis.end',
    query: z.object({ scope: endScopeSchema.shape.name.optional() }),
    answer: endEffect,
    run: async (call) => {
      const { scope } = call.query
      const apiId = apiOf(call)
      return { body: await previewEnd(call.actor, scope === undefined ? { apiId } : { apiId, name: scope }) }
    },
  }),
  route({
    method: 'POST',
    path: '/apis/{api}/scopes',
    operation: 'createScope',
    summary: 'Define a scope of an API.',
    more: 'Its name begins with the API’s prefix, and never changes.',
    needs: 'apis.create',
    body: createScopeSchema.omit({ apiId: true }),
    answer: createdScope,
    creates: { again: ofApi },
    refuses: ['limit-reached'],
    run: async (call) => {
      const made = await createScope(call.actor, { ...call.body, apiId: apiOf(call) })
      return { body: { ...made, version: 1 }, headers: { ETag: '"1"' } }
    },
  }),
  route({
    method: 'PATCH',
    path: '/apis/{api}/scopes',
    operation: 'updateScope',
    summary: 'Change the words of one scope of an API.',
    needs: 'apis.update',
    body: updateScopeSchema.omit({ apiId: true }).partial({ version: true }),
    answer: savedVersion,
    isVersioned: true,
    refuses: ['conflict'],
    run: (call) =>
      save(
        call,
        (version) => updateScope(call.actor, { ...call.body, version, apiId: apiOf(call) }),
        async () => {
          const { scopes } = await getApi(call.actor, apiOf(call))
          return { version: scopes.find(({ name }) => name === call.body.name)?.version ?? 0 }
        },
      ),
  }),
  route({
    method: 'DELETE',
    path: '/apis/{api}/scopes',
    operation: 'endScope',
    summary: 'End one scope of an API.',
    more: 'It is dropped from tokens at the next check. This cannot be undone.',
    needs: 'apis.end',
    query: endScopeSchema.pick({ name: true }),
    run: async (call) => {
      await endScope(call.actor, { apiId: apiOf(call), name: call.query.name })
      return {}
    },
  }),
]
