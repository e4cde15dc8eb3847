import { z } from 'zod'
import {
  appsMaxSchema,
  environmentIdSchema,
  isQuotaOfDeveloper,
  organizationIdSchema,
  QUOTA_OF_ANOTHER,
  roleSchema,
  versionSchema,
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

/** One account: to deactivate or reactivate it. */
export const accountSchema = z.object({ userId: userIdSchema })
export type AccountInput = z.input<typeof accountSchema>

/** What whoever means it types, in the console and in a script: what cannot be taken back is not done by a wrong id. */
const confirmationSchema = z.string().max(1000)

export const deleteUserSchema = accountSchema.extend({
  /** The username of the person. */
  confirmation: confirmationSchema,
})
export type DeleteUserInput = z.input<typeof deleteUserSchema>

/** How many apps are named before they move; the number tells of the rest. */
export const APPS_NAMED_MAX = 8

export const transferRootOwnershipSchema = z.object({
  rootOrganizationId: organizationIdSchema,
  newOwnerId: userIdSchema,
  /** The name of the root organization. */
  confirmation: confirmationSchema,
})
export type TransferRootOwnershipInput = z.input<typeof transferRootOwnershipSchema>

export const previewRoleChangeSchema = z.object({
  userId: userIdSchema,
  organizationId: organizationIdSchema,
  role: roleSchema,
})
export type PreviewRoleChangeInput = z.input<typeof previewRoleChangeSchema>

export const previewMoveSchema = z.object({
  organizationId: organizationIdSchema,
  parentId: organizationIdSchema,
})
export type PreviewMoveInput = z.input<typeof previewMoveSchema>

/** `version` is what the mover saw of the business group. */
export const moveBusinessGroupSchema = previewMoveSchema.extend({ version: versionSchema })
export type MoveBusinessGroupInput = z.input<typeof moveBusinessGroupSchema>

export const deleteBusinessGroupSchema = z.object({
  organizationId: organizationIdSchema,
  /** Typed by whoever deletes it. */
  name: z.string().max(1000),
  /** Where the apps that reside there go; absent: there may be none. */
  appsTo: z.literal('parent', 'Apps go to the organization above.').optional(),
})
export type DeleteBusinessGroupInput = z.input<typeof deleteBusinessGroupSchema>

export const endEnvironmentSchema = z.object({ environmentId: environmentIdSchema })
export type EndEnvironmentInput = z.input<typeof endEnvironmentSchema>
