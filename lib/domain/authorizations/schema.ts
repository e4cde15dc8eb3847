import { z } from 'zod'
import { idSchema } from '../../base/id-schema.ts'
import { appIdSchema, scopeNamesSchema } from '../connected-apps/schema.ts'
import { installationOfSchema } from '../installations/schema.ts'
import { organizationIdSchema } from '../organizations/schema.ts'

/** What fits a screen and a half. */
export const PAGE_ROWS = 50

export const authorizationIdSchema = idSchema('authorization', 'That is no authorization’s ID.')

export const authorizeAppSchema = z.object({
  appId: appIdSchema,
  rootOrganizationId: organizationIdSchema,
  scopes: scopeNamesSchema,
})
export type AuthorizeAppInput = z.input<typeof authorizeAppSchema>

export const removeAuthorizationSchema = z.object({ authorizationId: authorizationIdSchema })
export type RemoveAuthorizationInput = z.input<typeof removeAuthorizationSchema>

export const removeForEveryoneSchema = installationOfSchema.extend({
  /** Refuse the app from now on, too. */
  alsoBlock: z.boolean().default(false),
  /** Take the app off the allowlist, too. */
  alsoRemoveEntry: z.boolean().default(false),
})
export type RemoveForEveryoneInput = z.input<typeof removeForEveryoneSchema>

/** What a removal ends: live people, tokens that could still be used, and the families they are in. Counted up to a limit; one more stands for more. */
export type Effect = { people: number; families: number; tokens: number }

/** A removal counts no further, so that ending a million tokens takes as long as ending ten. */
export const RECEIPT_COUNTED_MAX = 1_000

/** What a removal ended: each number exact up to `RECEIPT_COUNTED_MAX`; one more stands for more. */
export type Receipt = Effect

/** What a removal for everyone ended, and how the app stands now. */
export type RemovalReceipt = Receipt & { isBlocked: boolean; isEntryRemoved: boolean }
