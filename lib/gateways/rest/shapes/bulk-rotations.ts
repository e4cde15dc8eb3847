import { z } from 'zod'
import { bulkRotationIdSchema } from '../../../domain/connected-apps/credentials-schema.ts'
import { markCause } from './mark-cause.ts'
import { appId, moment, organizationId, page } from './shape.ts'

export const rotationPreview = z
  .object({
    counts: z
      .object({
        ready: z.int(),
        'public-client': z.int(),
        'not-held': z.int(),
        full: z.int(),
        underway: z.int(),
      })
      .meta({ description: 'How many apps would be rotated, and how many are left out for which reason.' }),
    inUse: z.int().meta({ description: 'How many of those to be rotated were used in the last three days.' }),
    ready: z.array(z.object({ id: appId, name: z.string(), live: z.int(), inUse: z.int() })),
    skipped: z.array(
      z.object({
        id: appId,
        name: z.string(),
        outcome: z.enum(['ready', 'public-client', 'not-held', 'full', 'underway']),
      }),
    ),
  })
  .meta({ id: 'BulkRotationPreview', description: 'What a bulk rotation would do; the first hundred names.' })

export const startedRotation = z
  .object({ bulkRotationId: bulkRotationIdSchema, apps: z.int() })
  .meta({ id: 'StartedBulkRotation' })

export const rotationProgress = z
  .object({
    id: bulkRotationIdSchema,
    organizationId,
    overlapHours: z.int(),
    startedAt: moment,
    finishedAt: moment.nullable(),
    handedOverAt: moment.nullable(),
    forgottenAt: moment.nullable(),
    keptUntil: moment.nullable().meta({ description: 'Until when the new secrets can be taken along.' }),
    counts: z.object({ all: z.int(), done: z.int(), refused: z.int() }),
    refusals: z.array(z.object({ appId, name: z.string(), sentence: z.string() })),
  })
  .meta({ id: 'BulkRotation' })

const outcome = z.enum(['ready', 'public-client', 'not-held', 'full', 'underway'])

export const rotationDue = z
  .object({
    ready: z.int().meta({ description: 'Marked apps whose secret the caller may rotate.' }),
    leftOut: z
      .partialRecord(outcome, z.int())
      .meta({ description: 'How many are marked and cannot be rotated by the caller now, by why.' }),
    because: markCause
      .nullable()
      .meta({ description: 'What marked all of them; null where it was not one and the same thing.' }),
  })
  .meta({ id: 'RotationDue' })

export const openRotations = page(
  z
    .object({ id: bulkRotationIdSchema, startedAt: moment, finishedAt: moment.nullable() })
    .meta({ id: 'OpenBulkRotation', description: 'One whose secrets were not taken along yet.' }),
)

export const handedOver = z
  .object({
    secrets: z.array(z.object({ app: z.string(), clientId: z.string(), secret: z.string() })),
    leftOut: z.array(z.object({ appId, name: z.string(), sentence: z.string() })).meta({
      description:
        'Apps whose secret the caller may no longer rotate: their new ones were forgotten, and the apps are marked again.',
    }),
  })
  .meta({ id: 'HandedOverSecrets', description: 'Shown this once.' })
