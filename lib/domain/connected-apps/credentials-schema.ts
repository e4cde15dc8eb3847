import { z } from 'zod'
import { idSchema } from '../../base/id-schema.ts'
import { isVisible, UNSEEN_SENTENCE } from '../../base/visible-text.ts'
import { organizationIdSchema } from '../organizations/schema.ts'
import { LIVE_SECRETS_MAX } from './limits.ts'
import { appIdSchema, matchingSchema } from './schema.ts'
import { LIFE_DAYS_MAX } from './secret-life.ts'

/** How long older secrets may still work after a rotation; 0 ends them at once. */
export const OVERLAP_HOURS = [0, 1, 24, 168] as const
export const OVERLAP_HOURS_DEFAULT = 24

export const secretIdSchema = idSchema('secret', 'That is no secret’s ID.')

export const NO_SECRET_SENTENCE = 'This app runs where it cannot keep a secret, so it has none.'

/** Of a secret or a key: where it is used, so that people recognize it. */
const credentialNameSchema = z
  .string()
  .trim()
  .max(100, 'A name has at most 100 characters.')
  .refine(isVisible, UNSEEN_SENTENCE)
/** How long a new secret or key lives: days (null: until somebody ends it) or a moment. Neither: as long as the organization allows. */
const lifeFields = {
  lifeDays: z
    .int('The days are a whole number.')
    .min(1, 'It lives one day at least.')
    .max(LIFE_DAYS_MAX, 'It lives ten years at most.')
    .nullish(),
  expiresAt: z.iso
    .datetime({ offset: true, error: 'That is no moment, such as 2027-03-01T09:00:00Z.' })
    .optional(),
}
const overlapHoursSchema = z
  .literal(OVERLAP_HOURS, 'Choose at once, 1 hour, 24 hours or 7 days.')
  .default(OVERLAP_HOURS_DEFAULT)

export const rotateSecretSchema = z.strictObject({
  appId: appIdSchema,
  name: credentialNameSchema.optional(),
  /** An own value; absent: we make one. */
  value: z.string().optional(),
  overlapHours: overlapHoursSchema,
  ...lifeFields,
  /** Older secrets that keep the life they have. */
  keep: z.array(secretIdSchema).max(LIVE_SECRETS_MAX).default([]),
  /** With an overlap of 0, for an app acting for itself: also end every token it holds. */
  endTokens: z.boolean().default(false),
})
export type RotateSecretInput = z.input<typeof rotateSecretSchema>

export const endSecretSchema = z.strictObject({ appId: appIdSchema, secretId: secretIdSchema })
export type EndSecretInput = z.input<typeof endSecretSchema>

/** How long nobody's new secrets of a bulk rotation are kept: then they are forgotten. */
export const HAND_OVER_HOURS = 24
/** So many secrets at once are still one file that somebody can work off. */
export const BULK_APPS_MAX = 2000

/** Which apps' secrets: those marked as due, all, these, or all that match; always of one branch, and of those the actor may rotate. */
export const bulkRotationSchema = z.strictObject({
  organizationId: organizationIdSchema,
  which: z.enum(['due', 'all', 'chosen', 'matching'], 'Choose the marked apps, all, or some.'),
  appIds: z
    .array(appIdSchema)
    .max(BULK_APPS_MAX, `Choose at most ${BULK_APPS_MAX.toLocaleString('en')} apps.`)
    .default([]),
  /** For `matching`. */
  matching: matchingSchema.optional(),
  overlapHours: overlapHoursSchema,
})
export type BulkRotationInput = z.input<typeof bulkRotationSchema>

export const bulkRotationIdSchema = idSchema('bulkRotation', 'That is no bulk rotation’s ID.')
export const bulkRotationOnlySchema = z.strictObject({ bulkRotationId: bulkRotationIdSchema })
export type BulkRotationOnlyInput = z.input<typeof bulkRotationOnlySchema>

export const renameSecretSchema = endSecretSchema.extend({
  name: credentialNameSchema.min(1, 'Give the secret a name.'),
})
export type RenameSecretInput = z.input<typeof renameSecretSchema>

/** More would be a sign of keys made by a loop. */
export const KEYS_PER_APP_MAX = 10
export const keyIdSchema = idSchema('appKey', 'That is no key’s ID.')

export const addKeysSchema = z.strictObject({
  appId: appIdSchema,
  name: credentialNameSchema.optional(),
  /** A JWK, a JWKS or PEM. */
  keys: z.union(
    [z.string().min(1), z.record(z.string(), z.unknown())],
    'Give public keys: a JWK, a JWKS or PEM.',
  ),
  ...lifeFields,
})
export type AddKeysInput = z.input<typeof addKeysSchema>

export const endKeySchema = z.strictObject({ appId: appIdSchema, keyId: keyIdSchema })
export type EndKeyInput = z.input<typeof endKeySchema>

export const setJwksUriSchema = z.strictObject({
  appId: appIdSchema,
  jwksUri: z.string().trim().max(2000, 'An address has at most 2,000 characters.').nullable(),
})
export type SetJwksUriInput = z.input<typeof setJwksUriSchema>
