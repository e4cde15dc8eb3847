import { z } from 'zod'
import {
  appsMaxSchema,
  isQuotaOfDeveloper,
  organizationIdSchema,
  QUOTA_OF_ANOTHER,
  roleSchema,
} from '../organizations/schema.ts'
import { userIdSchema } from '../users/schema.ts'

/** Why an app moved to the root organization's owner: the three ways in which its owner stops being one. */
export type MoveTrigger = 'account-ended' | 'membership-ended' | 'rights-lost'

export const removeMemberSchema = z.object({
  userId: userIdSchema,
  organizationId: organizationIdSchema,
})
export type RemoveMemberInput = z.input<typeof removeMemberSchema>

/** What becomes of a place. */
export const changeRoleFields = z.strictObject({
  role: roleSchema,
  /** Of a developer; left out: as it was. */
  appsMax: appsMaxSchema.nullish(),
})
export const changeRoleSchema = changeRoleFields
  .extend({ userId: userIdSchema, organizationId: organizationIdSchema })
  .refine(isQuotaOfDeveloper, QUOTA_OF_ANOTHER)
export type ChangeRoleInput = z.input<typeof changeRoleSchema>

/** One account: to deactivate, reactivate or delete it. */
export const accountSchema = z.object({ userId: userIdSchema })
export type AccountInput = z.input<typeof accountSchema>

/** How many apps are named before they move; the number tells of the rest. */
export const APPS_NAMED_MAX = 8

export const transferRootOwnershipSchema = z.object({
  rootOrganizationId: organizationIdSchema,
  newOwnerId: userIdSchema,
})
export type TransferRootOwnershipInput = z.input<typeof transferRootOwnershipSchema>

export const previewRoleChangeSchema = z.object({
  userId: userIdSchema,
  organizationId: organizationIdSchema,
  role: roleSchema,
})
export type PreviewRoleChangeInput = z.input<typeof previewRoleChangeSchema>
