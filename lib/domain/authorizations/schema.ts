import { z } from 'zod'
import { idSchema } from '../../base/id-schema.ts'
import { appIdSchema, scopeNamesSchema } from '../connected-apps/schema.ts'
import { installationOfSchema, type Receipt } from '../installations/schema.ts'
import { organizationIdSchema } from '../organizations/schema.ts'

/** What fits a screen and a half. */
export const PAGE_ROWS = 50

/** Longer ago than that, Gatehouse remembers no use. */
const DAYS_MAX = 3_650
const daysSchema = z
  .number()
  .int()
  .min(1, 'Count in days, from one on.')
  .max(DAYS_MAX, `Count at most ${DAYS_MAX.toLocaleString('en')} days.`)

/** What the Authorizations list can be narrowed down by. `not-listed`: without an entry, and not let in by being internal. */
export const authorizedAppsFiltersSchema = z.strictObject({
  search: z.string().max(200, 'Search for at most 200 characters.').optional(),
  /** Held by somebody’s live authorization. */
  scope: z.string().max(200).optional(),
  /** The highest of what live authorizations hold. */
  risk: z.enum(['low', 'medium', 'high']).optional(),
  listing: z.enum(['listed', 'asks-more', 'internal', 'not-listed']).optional(),
  isInternal: z.boolean().optional(),
  isFrozen: z.boolean().optional(),
  isDisabled: z.boolean().optional(),
  usedWithinDays: daysSchema.optional(),
  /** Not since; one never used counts from its first authorization on. */
  unusedForDays: daysSchema.optional(),
  /** Whether it was ever used. */
  isUsed: z.boolean().optional(),
  firstAuthorizedWithinDays: daysSchema.optional(),
})
export type AuthorizedAppsFilters = z.infer<typeof authorizedAppsFiltersSchema>

export const authorizationIdSchema = idSchema('authorization', 'That is no authorization’s ID.')

export const authorizeAppSchema = z.object({
  appId: appIdSchema,
  rootOrganizationId: organizationIdSchema,
  scopes: scopeNamesSchema,
})
export type AuthorizeAppInput = z.input<typeof authorizeAppSchema>

export const whatIfSchema = z.object({
  rootOrganizationId: organizationIdSchema,
  userId: idSchema('user', 'That is no person’s ID.'),
  clientId: z.string().trim().min(1, 'The client ID is needed.').max(2000, 'That is no client ID.'),
  /** Absent: all of the app's. */
  scopes: scopeNamesSchema.optional(),
})
export type WhatIfInput = z.input<typeof whatIfSchema>

export const removeAuthorizationSchema = z.object({ authorizationId: authorizationIdSchema })
export type RemoveAuthorizationInput = z.input<typeof removeAuthorizationSchema>

export const removeTokenFamilySchema = removeAuthorizationSchema.extend({
  familyId: idSchema('tokenFamily', 'That is no token family’s ID.'),
})
export type RemoveTokenFamilyInput = z.input<typeof removeTokenFamilySchema>

export const removeForEveryoneSchema = installationOfSchema.extend({
  /** Refuse the app from now on, too. */
  alsoBlock: z.boolean().default(false),
  /** Take the app off the allowlist, too. */
  alsoRemoveEntry: z.boolean().default(false),
})
export type RemoveForEveryoneInput = z.input<typeof removeForEveryoneSchema>

/** What a removal for everyone ended, and how the app stands now. */
export type RemovalReceipt = Receipt & { isBlocked: boolean; isEntryRemoved: boolean }
