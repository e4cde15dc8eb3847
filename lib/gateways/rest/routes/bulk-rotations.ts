import { z } from 'zod'
import {
  bulkRotationSchema,
  OVERLAP_HOURS,
  OVERLAP_HOURS_DEFAULT,
} from '../../../domain/connected-apps/credentials-schema.ts'
import { getBulkRotation } from '../../../domain/connected-apps/get-bulk-rotation.ts'
import { getRotationDue } from '../../../domain/connected-apps/get-rotation-due.ts'
import { handOverSecrets } from '../../../domain/connected-apps/hand-over-secrets.ts'
import { listBulkRotations } from '../../../domain/connected-apps/list-bulk-rotations.ts'
import { previewBulkRotation } from '../../../domain/connected-apps/preview-bulk-rotation.ts'
import { startBulkRotation } from '../../../domain/connected-apps/start-bulk-rotation.ts'
import { inOrganization } from '../again.ts'
import { organizationOf, rotationOf } from '../named.ts'
import { type Route, route } from '../route.ts'
import {
  handedOver,
  openRotations,
  rotationDue,
  rotationPreview,
  rotationProgress,
  startedRotation,
} from '../shapes/bulk-rotations.ts'
import { whole } from '../shapes/shape.ts'

const { which } = bulkRotationSchema.shape
const wanted = bulkRotationSchema.omit({ organizationId: true })

const overlapInQuery = z
  .enum(OVERLAP_HOURS.map(String), 'Choose 0, 1, 24 or 168 hours.')
  .default(String(OVERLAP_HOURS_DEFAULT))
  .transform((hours) => Number(hours) as (typeof OVERLAP_HOURS)[number])

/** Many apps' secrets at once: begun, worked off by a job, handed over once. */
export const BULK_ROTATION_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/organizations/{organization}/bulk-rotations/preview',
    operation: 'previewBulkRotation',
    summary: 'See what a bulk rotation would do: how many secrets, and which apps are left out and why.',
    more: 'Of the apps marked as due, or of all that the caller may see. Of chosen ones, or all that match a search, with PUT.',
    needs: 'connected-apps.rotate-many',
    query: z.object({
      which: which.exclude(['chosen', 'matching']),
      overlapHours: overlapInQuery,
    }),
    answer: rotationPreview,
    run: async (call) => ({
      body: await previewBulkRotation(call.actor, {
        ...call.query,
        organizationId: organizationOf(call),
      }),
    }),
  }),
  route({
    method: 'PUT',
    path: '/organizations/{organization}/bulk-rotations/preview',
    operation: 'previewBulkRotationOf',
    summary: 'See what a bulk rotation would do: of the very body that would begin it.',
    more: 'Nothing changes. Chosen apps can be more than fit into an address.',
    needs: 'connected-apps.rotate-many',
    body: wanted,
    answer: rotationPreview,
    refuses: ['limit-reached'],
    run: async (call) => ({
      body: await previewBulkRotation(call.actor, { ...call.body, organizationId: organizationOf(call) }),
    }),
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/rotation-due',
    operation: 'getRotationDue',
    summary:
      'Count the marked apps whose secret the caller may rotate, and say what marked them where it was one thing.',
    more: 'Which apps these are, the list of apps says with `isRotationDue=true`.',
    needs: 'connected-apps.rotate-many',
    answer: rotationDue,
    run: async (call) => ({ body: await getRotationDue(call.actor, organizationOf(call)) }),
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/bulk-rotations',
    operation: 'listBulkRotations',
    summary:
      'List the bulk rotations that the caller began and whose secrets are still to be taken along, the newest first.',
    more: 'Those begun through another app, or in the console, are not among them.',
    needs: 'connected-apps.rotate-many',
    answer: openRotations,
    run: async (call) => whole(await listBulkRotations(call.actor, organizationOf(call))),
  }),
  route({
    method: 'POST',
    path: '/organizations/{organization}/bulk-rotations',
    operation: 'startBulkRotation',
    summary:
      'Begin to rotate the secrets of many apps: those marked as due, all, chosen ones, or all that match a search.',
    more: 'A job works them off, each as a rotation of its own. Apps that cannot be rotated are left out.',
    needs: 'connected-apps.rotate-many',
    body: wanted,
    answer: startedRotation,
    creates: { again: inOrganization },
    refuses: ['conflict', 'limit-reached'],
    run: async (call) => {
      const input = { ...call.body, organizationId: organizationOf(call) }
      const body = await startBulkRotation(call.actor, input)
      return { body, headers: { Location: `/api/v1/bulk-rotations/${body.bulkRotationId}` } }
    },
  }),
  route({
    method: 'GET',
    path: '/bulk-rotations/{rotation}',
    operation: 'getBulkRotation',
    summary: 'Read how far a bulk rotation is.',
    more: 'It is there for whoever began it, through the same app, alone, while they may still begin one.',
    needs: 'connected-apps.rotate-many',
    answer: rotationProgress,
    run: async (call) => ({ body: await getBulkRotation(call.actor, rotationOf(call)) }),
  }),
  route({
    method: 'POST',
    path: '/bulk-rotations/{rotation}/handover',
    operation: 'handOverSecrets',
    summary: 'Take along all new secrets of a bulk rotation, answered this once.',
    more: 'To whoever began it alone, within 24 hours after it is finished; then they are forgotten. Each app is asked for again: those whose secret the caller may no longer rotate are named and left out.',
    needs: 'connected-apps.rotate-many',
    answer: handedOver,
    showsOnce: ['secrets'],
    refuses: ['conflict', 'expired'],
    run: async (call) => ({
      body: await handOverSecrets(call.actor, { bulkRotationId: rotationOf(call) }),
    }),
  }),
]
