import { z } from 'zod'
import { freezeApps } from '../../../domain/authorizations/freeze-apps.ts'
import { listAuthorizationsOfPerson } from '../../../domain/authorizations/list-authorizations-of-person.ts'
import { listAuthorizingPeople } from '../../../domain/authorizations/list-authorizing-people.ts'
import { previewAppsStop } from '../../../domain/authorizations/preview-apps-stop.ts'
import { previewPeopleRemoval } from '../../../domain/authorizations/preview-people-removal.ts'
import { previewPersonRemoval } from '../../../domain/authorizations/preview-person-removal.ts'
import { removeAllOfPerson } from '../../../domain/authorizations/remove-all-of-person.ts'
import { removeApps } from '../../../domain/authorizations/remove-apps.ts'
import { removeChosenPeople } from '../../../domain/authorizations/remove-chosen-people.ts'
import {
  chosenPeopleSchema,
  freezeAppsSchema,
  listAuthorizingPeopleSchema,
  previewAppsStopSchema,
  removeAllOfPersonSchema,
  removeAppsSchema,
  unfreezeAppsSchema,
} from '../../../domain/authorizations/schema.ts'
import { unfreezeApps } from '../../../domain/authorizations/unfreeze-apps.ts'
import { appIdSchema } from '../../../domain/connected-apps/schema.ts'
import { getRemoval } from '../../../domain/installations/get-removal.ts'
import { listRemovals } from '../../../domain/installations/list-removals.ts'
import { inAuthorizations } from '../again.ts'
import { appOf, organizationOf, removalOf, userOf } from '../named.ts'
import { authorizedAppsQuery, cursor, search } from '../query.ts'
import { type Call, type Route, route } from '../route.ts'
import { receipt } from '../shapes/authorizations.ts'
import {
  appsReceipt,
  appsStopPreview,
  authorizationsOfPerson,
  authorizingPeople,
  frozenApps,
  peopleRemovalPreview,
  personReceipt,
  personRemovalPreview,
  removal,
  removals,
  unfrozenApps,
} from '../shapes/removals.ts'
import { paged } from '../shapes/shape.ts'

const { unusedForDays, sort } = listAuthorizingPeopleSchema.shape
const { authorizationIds } = chosenPeopleSchema.shape

/** Ids in a query, with commas between them. */
const idsInQuery = (example: string) =>
  z
    .string()
    .max(8_000)
    .meta({ examples: [example] })
    .transform((ids) => ids.split(',').filter(Boolean))

/** Apps of the Authorizations list, as a query names them. */
const selectedApps = {
  apps: idsInQuery('app_01k9f7q2zre5tbm0w4h8xv6cjd')
    .optional()
    .meta({ description: 'IDs of apps, with commas between them; absent: all that match the filters.' }),
  ...authorizedAppsQuery,
}

function selectionOf({ apps, ...matching }: z.output<z.ZodObject<typeof selectedApps>>) {
  const appIds = apps as z.output<typeof appIdSchema>[] | undefined
  return appIds ? { appIds } : { matching }
}

/** What people authorized, person by person; several ended at once; and the receipts of what ended. */
export const REMOVAL_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/organizations/{organization}/authorizing-people',
    operation: 'listAuthorizingPeople',
    summary: 'List the people of a root organization who let apps act for them.',
    needs: 'authorizations.list',
    query: z.object({
      search,
      app: appIdSchema.optional().meta({ description: 'Only those who authorized this app.' }),
      unusedForDays: z.coerce.number().pipe(unusedForDays.unwrap()).optional().meta({
        description: 'Only those with an authorization (of that app) that was not used for so many days.',
      }),
      sort,
      cursor,
    }),
    answer: authorizingPeople,
    run: async (call) => {
      const { app: appId, ...query } = call.query
      return paged(await listAuthorizingPeople(call.actor, { ...query, ...rootOf(call), appId }))
    },
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/authorizing-people/{user}/authorizations',
    operation: 'listAuthorizationsOfPerson',
    summary: 'List what one person authorized, the last used first, with scopes in words.',
    needs: 'authorizations.list',
    query: z.object({ cursor }),
    answer: authorizationsOfPerson,
    run: async (call) =>
      paged(
        await listAuthorizationsOfPerson(call.actor, {
          ...call.query,
          ...rootOf(call),
          userId: userOf(call),
        }),
      ),
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/authorizing-people/{user}/removal',
    operation: 'previewPersonRemoval',
    summary: 'Count what removing all that one person authorized would end.',
    needs: 'authorizations.remove',
    answer: personRemovalPreview,
    run: async (call) => ({
      body: await previewPersonRemoval(call.actor, { ...rootOf(call), userId: userOf(call) }),
    }),
  }),
  route({
    method: 'DELETE',
    path: '/organizations/{organization}/authorizing-people/{user}/authorizations',
    operation: 'removeAllOfPerson',
    summary: 'Remove all that one person authorized, with every token.',
    more: 'Nothing brings it back; they may authorize each app anew. With the fingerprint of the count it is refused where that has changed.',
    needs: 'authorizations.remove',
    query: removeAllOfPersonSchema.pick({ expectedFingerprint: true }),
    answer: personReceipt,
    refuses: ['conflict'],
    run: async (call) => ({
      body: await removeAllOfPerson(call.actor, { ...call.query, ...rootOf(call), userId: userOf(call) }),
    }),
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/authorized-apps/{app}/people/removal',
    operation: 'previewPeopleRemoval',
    summary: 'Count what removing chosen people’s authorizations of one app would end.',
    needs: 'authorizations.remove',
    query: z.object({
      authorizations: idsInQuery('aut_01k9f7q2zre5tbm0w4h8xv6cjd').meta({
        description: 'IDs of authorizations, with commas between them.',
      }),
    }),
    answer: peopleRemovalPreview,
    run: async (call) => {
      const chosen = call.query.authorizations as z.output<typeof authorizationIds>
      return {
        body: await previewPeopleRemoval(call.actor, {
          ...rootOf(call),
          appId: appOf(call),
          authorizationIds: chosen,
        }),
      }
    },
  }),
  route({
    method: 'POST',
    path: '/organizations/{organization}/authorized-apps/{app}/people/removal',
    operation: 'removeChosenPeople',
    summary: 'Remove the authorizations that chosen people gave one app, all of them or none.',
    needs: 'authorizations.remove',
    body: chosenPeopleSchema.pick({ authorizationIds: true }),
    answer: receipt,
    creates: { again: inAuthorizations },
    refuses: ['conflict'],
    run: async (call) => {
      const body = await removeChosenPeople(call.actor, {
        ...call.body,
        ...rootOf(call),
        appId: appOf(call),
      })
      return { body, headers: receiptAt(call, body.removalId) }
    },
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/stop-preview',
    operation: 'previewAppsStop',
    summary:
      'Count what freezing, unfreezing, removing or blocking several apps would do: chosen ones, or all that match.',
    needs: 'authorizations.remove',
    query: z.object({
      act: previewAppsStopSchema.shape.act.meta({ description: 'What would be done.' }),
      ...selectedApps,
    }),
    answer: appsStopPreview,
    refuses: ['limit-reached'],
    run: async (call) => {
      const { act, ...selected } = call.query
      const wish = { ...rootOf(call), selection: selectionOf(selected) }
      return { body: await previewAppsStop(call.actor, { ...wish, act }) }
    },
  }),
  route({
    method: 'POST',
    path: '/organizations/{organization}/removals',
    operation: 'removeApps',
    summary:
      'Remove several apps for everyone in the root organization, with every token, and block them if asked.',
    more: 'Nothing brings it back. With the fingerprint of the count it is refused where other apps are meant by now.',
    needs: 'authorizations.remove',
    body: removeAppsSchema.omit({ rootOrganizationId: true }),
    answer: appsReceipt,
    creates: { again: inAuthorizations },
    refuses: ['conflict', 'limit-reached'],
    run: async (call) => {
      const body = await removeApps(call.actor, { ...call.body, ...rootOf(call) })
      return { body, headers: receiptAt(call, body.removalId) }
    },
  }),
  route({
    method: 'PUT',
    path: '/organizations/{organization}/freezes',
    operation: 'freezeApps',
    summary: 'Freeze several apps for the root organization’s people: nothing ends.',
    more: 'Given to the DELETE of the same address, `frozenAt` of the answer takes back just what this froze.',
    needs: 'installations.freeze',
    body: freezeAppsSchema.omit({ rootOrganizationId: true }),
    answer: frozenApps,
    refuses: ['conflict', 'limit-reached'],
    run: async (call) => ({ body: await freezeApps(call.actor, { ...call.body, ...rootOf(call) }) }),
  }),
  route({
    method: 'DELETE',
    path: '/organizations/{organization}/freezes',
    operation: 'unfreezeApps',
    summary: 'Unfreeze several apps for the root organization’s people: chosen ones, or all that match.',
    more: 'What was not ended meanwhile works again. With the fingerprint of the count it is refused where other apps are meant by now.',
    needs: 'installations.freeze',
    query: z.object({
      ...unfreezeAppsSchema.pick({ expectedFingerprint: true }).shape,
      frozenAt: z.string().max(100).optional().meta({
        description: 'Only what the caller froze at this moment, as freezing them answered it.',
      }),
      ...selectedApps,
    }),
    answer: unfrozenApps,
    refuses: ['conflict', 'limit-reached'],
    run: async (call) => {
      const { expectedFingerprint, frozenAt, ...selected } = call.query
      const wish = { ...rootOf(call), selection: selectionOf(selected) }
      return { body: await unfreezeApps(call.actor, { ...wish, expectedFingerprint, frozenAt }) }
    },
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/removals',
    operation: 'listRemovals',
    summary: 'List the receipts of removals, the latest first: what was ended, by whom, and when.',
    needs: 'authorizations.list',
    query: z.object({ app: appIdSchema.optional().meta({ description: 'Only those of one app.' }), cursor }),
    answer: removals,
    run: async (call) => {
      const { app: appId, cursor } = call.query
      return paged(await listRemovals(call.actor, { ...rootOf(call), appId, cursor }))
    },
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/removals/{removal}',
    operation: 'getRemoval',
    summary: 'Read the receipt of a removal: what ended, by whom, when, and until when JWTs may be accepted.',
    more: 'A removal answers at once; what it ended is counted afterwards, to the end. `isCounted` says when that is done.',
    needs: 'authorizations.list',
    answer: removal,
    run: async (call) => ({
      body: await getRemoval(call.actor, { ...rootOf(call), removalId: removalOf(call) }),
    }),
  }),
]

const rootOf = (call: Pick<Call, 'ids'>) => ({ rootOrganizationId: organizationOf(call) })

function receiptAt(call: Pick<Call, 'ids'>, removalId: string | null): Record<string, string> {
  return removalId === null
    ? {}
    : { Location: `/api/v1/organizations/${organizationOf(call)}/removals/${removalId}` }
}
