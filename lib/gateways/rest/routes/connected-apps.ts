import { z } from 'zod'
import type { Id } from '../../../base/ids.ts'
import { countOwnedApps } from '../../../domain/connected-apps/count-owned-apps.ts'
import { createApp } from '../../../domain/connected-apps/create-app.ts'
import { deleteApp } from '../../../domain/connected-apps/delete-app.ts'
import { disableApp } from '../../../domain/connected-apps/disable-app.ts'
import { enableApp } from '../../../domain/connected-apps/enable-app.ts'
import { getApp } from '../../../domain/connected-apps/get-app.ts'
import { listOwnedApps } from '../../../domain/connected-apps/list-owned-apps.ts'
import { listPossibleOwners } from '../../../domain/connected-apps/list-possible-owners.ts'
import { moveApp } from '../../../domain/connected-apps/move-app.ts'
import { previewAppMove } from '../../../domain/connected-apps/preview-app-move.ts'
import {
  createAppSchema,
  listOwnedAppsSchema,
  moveAppSchema,
  previewAppMoveSchema,
  setContextsSchema,
  updateAppSchema,
} from '../../../domain/connected-apps/schema.ts'
import { setContexts } from '../../../domain/connected-apps/set-contexts.ts'
import { setIntrospection } from '../../../domain/connected-apps/set-introspection.ts'
import { updateApp } from '../../../domain/connected-apps/update-app.ts'
import { inOrganization } from '../again.ts'
import { appOf, organizationOf } from '../named.ts'
import { Problem } from '../problem.ts'
import { cursor, flag, search } from '../query.ts'
import { type Route, route } from '../route.ts'
import { save } from '../save.ts'
import {
  appMovePreview,
  connectedApp,
  contexts,
  createdApp,
  ownedApps,
  possibleOwners,
  savedApp,
  stoppedApp,
} from '../shapes/connected-apps.ts'
import { whole } from '../shapes/shape.ts'

const { filters } = listOwnedAppsSchema.shape
const idList = z
  .string()
  .max(4000)
  .transform((ids) => ids.split(',') as Id<'organization'>[])
  .optional()
  .meta({ description: 'Any of these organizations, with commas between them.' })

export const CONNECTED_APP_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/organizations/{organization}/connected-apps',
    operation: 'listOwnedApps',
    summary: 'List the apps of an organization and the business groups below it.',
    more: 'Administrators see all of their branch, developers the apps they own.',
    needs: 'connected-apps.list',
    query: z.object({
      search,
      sort: listOwnedAppsSchema.shape.sort,
      ...filters.unwrap().shape,
      residenceIds: idList,
      isRotationDue: flag.optional(),
      cursor,
    }),
    answer: ownedApps,
    run: async (call) => {
      const { search, sort, cursor, ...filters } = call.query
      const input = { organizationId: organizationOf(call), search, sort, cursor, filters }
      const { apps, next } = await listOwnedApps(call.actor, input)
      // Counted once, with the first page.
      const counts = cursor ? {} : await countOwnedApps(call.actor, input)
      return { body: { data: apps, next, ...counts } }
    },
  }),
  route({
    method: 'POST',
    path: '/organizations/{organization}/connected-apps',
    operation: 'createApp',
    summary: 'Create an app in an organization or business group.',
    more: 'One that runs on a server gets its first secret, answered this once.',
    needs: 'connected-apps.create',
    body: createAppSchema.omit({ organizationId: true }),
    answer: createdApp,
    creates: { again: inOrganization },
    showsOnce: ['secret'],
    refuses: ['conflict', 'limit-reached'],
    run: async (call) => {
      const made = await createApp(call.actor, { ...call.body, organizationId: organizationOf(call) })
      const headers = { Location: `/api/v1/connected-apps/${made.appId}`, ETag: '"1"' }
      return { body: { ...made, version: 1 }, headers }
    },
  }),
  route({
    method: 'GET',
    path: '/connected-apps/{app}',
    operation: 'getApp',
    summary: 'Read an app: its settings, its places and the story of its secrets.',
    needs: 'connected-apps.view',
    answer: connectedApp,
    isVersioned: true,
    run: async (call) => {
      const app = await getApp(call.actor, appOf(call))
      return { body: app, headers: { ETag: `"${app.version}"` } }
    },
  }),
  route({
    method: 'PATCH',
    path: '/connected-apps/{app}',
    operation: 'updateApp',
    summary: 'Change an app: settings, redirect URIs, scopes and owner, all of it or nothing.',
    more: 'Fields left out stay as they are. An app never widens or hands over itself.',
    needs: 'connected-apps.update',
    body: updateAppSchema.omit({ appId: true }).partial({ version: true }),
    answer: savedApp,
    isVersioned: true,
    refuses: ['conflict', 'limit-reached'],
    run: (call) =>
      save(call, (version) => updateApp(call.actor, { ...call.body, version, appId: appOf(call) })),
  }),
  route({
    method: 'DELETE',
    path: '/connected-apps/{app}',
    operation: 'deleteApp',
    summary: 'Delete an app, with everything people authorized.',
    more: 'Its name has to be given, as it has to be typed in the console: it cannot be undone.',
    needs: 'connected-apps.delete',
    query: z.object({ name: z.string().default('').meta({ description: 'The name of the app.' }) }),
    answer: stoppedApp,
    run: async (call) => ({
      body: await deleteApp(call.actor, { appId: appOf(call), name: call.query.name }),
    }),
  }),
  route({
    method: 'PUT',
    path: '/connected-apps/{app}/owner',
    operation: 'setOwner',
    summary: 'Hand an app to another person who administers or develops in its organization.',
    more: 'Its secrets should be rotated then: whoever owned it knows them.',
    needs: 'connected-apps.change-owner',
    body: updateAppSchema
      .pick({ ownerId: true, version: true })
      .required({ ownerId: true })
      .partial({ version: true }),
    answer: savedApp,
    isVersioned: true,
    refuses: ['conflict'],
    run: (call) =>
      save(call, (version) =>
        updateApp(call.actor, { ownerId: neededOwner(call.body.ownerId), version, appId: appOf(call) }),
      ),
  }),
  route({
    method: 'GET',
    path: '/connected-apps/{app}/residence',
    operation: 'previewAppMove',
    summary: 'Count what letting an app reside in another organization of its tree would do.',
    more: 'Refuses what the move itself would refuse: an owner without a right there, or places of its scopes outside.',
    needs: 'connected-apps.move',
    query: previewAppMoveSchema.pick({ organizationId: true }),
    answer: appMovePreview,
    refuses: ['limit-reached'],
    run: async (call) => ({
      body: await previewAppMove(call.actor, { ...call.query, appId: appOf(call) }),
    }),
  }),
  route({
    method: 'PUT',
    path: '/connected-apps/{app}/residence',
    operation: 'moveApp',
    summary: 'Let an app reside in another organization of its tree.',
    more: 'Whoever administers that one looks after it from then on; owner, credentials, scopes and authorizations stay. Asked of the organization it leaves and of the one it comes to.',
    needs: 'connected-apps.move',
    body: moveAppSchema.omit({ appId: true }).partial({ version: true }),
    answer: savedApp,
    isVersioned: true,
    refuses: ['conflict', 'limit-reached'],
    run: (call) =>
      save(call, (version) => moveApp(call.actor, { ...call.body, version, appId: appOf(call) })),
  }),
  route({
    method: 'GET',
    path: '/connected-apps/{app}/contexts',
    operation: 'listContexts',
    summary: 'List where an app acting for itself may use which scope.',
    needs: 'connected-apps.view',
    answer: contexts,
    isVersioned: true,
    run: async (call) => {
      const app = await getApp(call.actor, appOf(call))
      return { ...whole(app.contexts), headers: { ETag: `"${app.version}"` } }
    },
  }),
  route({
    method: 'PUT',
    path: '/connected-apps/{app}/contexts',
    operation: 'setContexts',
    summary: 'Choose the scopes of an app acting for itself, and where each is good for.',
    more: 'The whole list is replaced; tokens that are out follow it at once.',
    needs: 'connected-apps.update',
    body: setContextsSchema.omit({ appId: true }).partial({ version: true }),
    answer: savedApp,
    isVersioned: true,
    refuses: ['conflict', 'limit-reached'],
    run: (call) =>
      save(call, (version) => setContexts(call.actor, { ...call.body, version, appId: appOf(call) })),
  }),
  route({
    method: 'PUT',
    path: '/connected-apps/{app}/disabled',
    operation: 'disableApp',
    summary: 'Disable an app everywhere: no new tokens, and those that are out are inactive.',
    needs: 'connected-apps.disable',
    answer: stoppedApp,
    run: async (call) => ({ body: await disableApp(call.actor, { appId: appOf(call) }) }),
  }),
  route({
    method: 'DELETE',
    path: '/connected-apps/{app}/disabled',
    operation: 'enableApp',
    summary: 'Enable an app again: its tokens live again.',
    needs: 'connected-apps.disable',
    run: async (call) => {
      await enableApp(call.actor, { appId: appOf(call) })
      return {}
    },
  }),
  route({
    method: 'PUT',
    path: '/connected-apps/{app}/introspection',
    operation: 'allowIntrospection',
    summary: 'Let an app introspect every token of its root organization, as an API gateway does.',
    needs: 'connected-apps.let-introspect',
    run: async (call) => {
      await setIntrospection(call.actor, { appId: appOf(call), isOn: true })
      return {}
    },
  }),
  route({
    method: 'DELETE',
    path: '/connected-apps/{app}/introspection',
    operation: 'endIntrospection',
    summary: 'Let an app introspect only tokens that concern it.',
    needs: 'connected-apps.let-introspect',
    run: async (call) => {
      await setIntrospection(call.actor, { appId: appOf(call), isOn: false })
      return {}
    },
  }),
  route({
    method: 'GET',
    path: '/connected-apps/{app}/possible-owners',
    operation: 'listPossibleOwners',
    summary: 'List the people who may own the app, by name.',
    more: 'The first twenty; search to find others.',
    needs: 'connected-apps.change-owner',
    query: z.object({ search }),
    answer: possibleOwners,
    run: async (call) => whole(await listPossibleOwners(call.actor, appOf(call), call.query.search ?? '')),
  }),
]

/** Left out, the owner would stay who they are: a save that says nothing is a mistake. */
function neededOwner<Given>(ownerId: Given | undefined): Given {
  if (ownerId !== undefined) return ownerId
  const sentence = 'Say who is to own the app.'
  throw new Problem(400, sentence, { fields: { ownerId: sentence } })
}
