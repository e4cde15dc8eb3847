import { z } from 'zod'
import { idSchema } from '../../base/id-schema.ts'
import { isVisible, UNSEEN_SENTENCE } from '../../base/visible-text.ts'
import { emailSchema, fullNameSchema, passwordSchema, userIdSchema, usernameSchema } from '../users/schema.ts'

/** How long the code of the first visit is good for. */
export const SETUP_CODE_MINUTES = 60
/** 128 bits cannot be guessed; whoever tries this often is not the person who reads the log. */
export const SETUP_CODE_FAILURES_MAX = 10
/** Deeper trees make rights hard to see through. */
export const BUSINESS_GROUP_DEPTH_MAX = 10

export const organizationIdSchema = idSchema('organization', 'That is no organization’s ID.')

export const organizationNameSchema = z
  .string()
  .trim()
  .min(1, 'A name is needed.')
  .max(100, 'A name has at most 100 characters.')
  .refine(isVisible, UNSEEN_SENTENCE)

export const websiteSchema = z
  .string()
  .trim()
  .max(2000, 'A web address has at most 2,000 characters.')
  .pipe(z.url({ protocol: /^https?$/, error: 'A web address begins with https://.' }))

export const roleSchema = z.enum(
  ['administrator', 'developer', 'member'],
  'Choose administrator, developer or member.',
)

export const createOrganizationSchema = z.object({
  name: organizationNameSchema,
  ownerId: userIdSchema,
  website: websiteSchema.optional(),
})
export type CreateOrganizationInput = z.input<typeof createOrganizationSchema>

export const createBusinessGroupSchema = z.object({
  parentId: organizationIdSchema,
  name: organizationNameSchema,
})
export type CreateBusinessGroupInput = z.input<typeof createBusinessGroupSchema>

export const addMemberSchema = z.object({
  organizationId: organizationIdSchema,
  userId: userIdSchema,
  role: roleSchema,
})
export type AddMemberInput = z.input<typeof addMemberSchema>

export const createEnvironmentSchema = z.object({
  organizationId: organizationIdSchema,
  name: organizationNameSchema,
  kind: z.enum(['design', 'sandbox', 'production'], 'Choose design, sandbox or production.'),
})
export type CreateEnvironmentInput = z.input<typeof createEnvironmentSchema>

export const createFirstOrganizationSchema = z.object({
  code: z.string().max(100),
  organizationName: organizationNameSchema,
  username: usernameSchema,
  email: emailSchema,
  fullName: fullNameSchema,
  password: passwordSchema,
})
export type CreateFirstOrganizationInput = z.input<typeof createFirstOrganizationSchema>
