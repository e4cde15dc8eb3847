import { z } from 'zod'
import { type Id, isId } from '../../base/ids.ts'

/** As many as anyone keeps apart; more would only widen what can leak. */
export const LIVE_SECRETS_MAX = 5
/** How long older secrets may still work after a rotation; 0 ends them at once. */
export const OVERLAP_HOURS = [0, 1, 24, 168] as const
export const OVERLAP_HOURS_DEFAULT = 24

export const appIdSchema = z.custom<Id<'app'>>((value) => isId('app', value), 'That is no app ID.')

export const rotateSecretSchema = z.object({
  appId: appIdSchema,
  name: z.string().trim().max(100, 'A name has at most 100 characters.').optional(),
  /** An own value; absent: we make one. */
  value: z.string().optional(),
  overlapHours: z
    .union(
      OVERLAP_HOURS.map((hours) => z.literal(hours)) as [
        z.ZodLiteral<0>,
        z.ZodLiteral<1>,
        z.ZodLiteral<24>,
        z.ZodLiteral<168>,
      ],
    )
    .default(OVERLAP_HOURS_DEFAULT),
})
export type RotateSecretInput = z.input<typeof rotateSecretSchema>
