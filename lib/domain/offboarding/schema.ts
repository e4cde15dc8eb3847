import { z } from 'zod'
import { organizationIdSchema, roleSchema } from '../organizations/schema.ts'
import { userIdSchema } from '../users/schema.ts'

/** Why an app moved to the root organization's owner: the three ways in which its owner stops being one. */
export type MoveTrigger = 'account-ended' | 'membership-ended' | 'rights-lost'

export const removeMemberSchema = z.object({
  userId: userIdSchema,
  organizationId: organizationIdSchema,
})
export type RemoveMemberInput = z.input<typeof removeMemberSchema>

export const changeRoleSchema = z.object({
  userId: userIdSchema,
  organizationId: organizationIdSchema,
  role: roleSchema,
})
export type ChangeRoleInput = z.input<typeof changeRoleSchema>

/** One account: to deactivate, reactivate or delete it. */
export const accountSchema = z.object({ userId: userIdSchema })
export type AccountInput = z.input<typeof accountSchema>

export const transferRootOwnershipSchema = z.object({
  rootOrganizationId: organizationIdSchema,
  newOwnerId: userIdSchema,
})
export type TransferRootOwnershipInput = z.input<typeof transferRootOwnershipSchema>
