import { z } from 'zod'
import { changeOwnerOfApps } from '../../../domain/connected-apps/change-owner-of-apps.ts'
import { disableApps } from '../../../domain/connected-apps/disable-apps.ts'
import { enableApps } from '../../../domain/connected-apps/enable-apps.ts'
import { listAppOwners } from '../../../domain/connected-apps/list-app-owners.ts'
import { listPossibleOwnersBelow } from '../../../domain/connected-apps/list-possible-owners.ts'
import { appSelectionSchema, changeOwnerOfAppsSchema } from '../../../domain/connected-apps/schema.ts'
import { organizationOf } from '../named.ts'
import { search } from '../query.ts'
import { type Call, type Route, route } from '../route.ts'
import { appOwners, bulkReceipt, possibleOwners } from '../shapes/connected-apps.ts'
import { whole } from '../shapes/shape.ts'

const { appIds, matching } = appSelectionSchema.shape
const { ownerId } = changeOwnerOfAppsSchema.shape
const isPreview = z
  .boolean()
  .optional()
  .meta({ description: 'With true, nothing changes: the answer says what would.' })
const chosen = { appIds, matching, isPreview }
const APP = 'app_01k9f7q2zre5tbm0w4h8xv6cjd'
const EITHER =
  'Name `appIds`, or what they are `matching`; at most 10,000 at once. Those not allowed are named.'

/** Acts on many apps of a branch at once, and the people it can be searched by. */
export const OWNED_APPS_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/organizations/{organization}/app-owners',
    operation: 'listAppOwners',
    summary: 'List the people who own apps of an organization and the business groups below it, by name.',
    more: 'The first twenty; search to find others.',
    needs: 'connected-apps.list',
    query: z.object({ search }),
    answer: appOwners,
    run: async (call) =>
      whole(await listAppOwners(call.actor, { organizationId: organizationOf(call), ...call.query })),
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/possible-owners',
    operation: 'listPossibleOwnersBelow',
    summary: 'List the people who may own apps of an organization or of a business group below it, by name.',
    more: 'The first twenty; search to find others.',
    needs: 'connected-apps.change-owner',
    query: z.object({ search }),
    answer: possibleOwners,
    run: async (call) =>
      whole(
        await listPossibleOwnersBelow(call.actor, { organizationId: organizationOf(call), ...call.query }),
      ),
  }),
  route({
    method: 'PUT',
    path: '/organizations/{organization}/connected-apps/disabled',
    operation: 'disableApps',
    summary: 'Disable many apps of an organization and the business groups below it.',
    more: EITHER,
    needs: 'connected-apps.disable',
    body: z.strictObject(chosen).meta({ examples: [{ appIds: [APP] }] }),
    answer: bulkReceipt,
    refuses: ['limit-reached'],
    run: async (call) => ({ body: await disableApps(call.actor, selected(call)) }),
  }),
  route({
    method: 'PUT',
    path: '/organizations/{organization}/connected-apps/enabled',
    operation: 'enableApps',
    summary: 'Enable many apps again.',
    more: EITHER,
    needs: 'connected-apps.disable',
    body: z.strictObject(chosen).meta({ examples: [{ appIds: [APP] }] }),
    answer: bulkReceipt,
    refuses: ['limit-reached'],
    run: async (call) => ({ body: await enableApps(call.actor, selected(call)) }),
  }),
  route({
    method: 'PUT',
    path: '/organizations/{organization}/connected-apps/owner',
    operation: 'changeOwnerOfApps',
    summary: 'Hand many apps to one person who administers or develops where they reside.',
    more: EITHER,
    needs: 'connected-apps.change-owner',
    body: z
      .strictObject({ ...chosen, ownerId })
      .meta({ examples: [{ appIds: [APP], ownerId: 'usr_01k9f7q2zre5tbm0w4h8xv6cjd' }] }),
    answer: bulkReceipt,
    refuses: ['limit-reached'],
    run: async (call) => {
      const { ownerId, ...rest } = call.body
      return { body: await changeOwnerOfApps(call.actor, { ...selected({ ...call, body: rest }), ownerId }) }
    },
  }),
]

type Chosen = z.input<z.ZodObject<typeof chosen>>

function selected({ ids, body }: Pick<Call, 'ids'> & { body: Chosen }) {
  const { isPreview, ...selection } = body
  return { selection: { organizationId: organizationOf({ ids }), ...selection }, isPreview }
}
