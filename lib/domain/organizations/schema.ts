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

const TOO_LONG = 'That is too long to be a username or an e-mail address.'

export const roleSchema = z.enum(
  ['administrator', 'developer', 'member'],
  'Choose administrator, developer or member.',
)

/** More than any person looks after; without a quota the limit of the whole tree holds. */
const QUOTA_MAX = 10_000

/** How many apps a developer may own in a place and below it. */
export const appsMaxSchema = z
  .number('A quota is a number.')
  .int('A quota is a whole number.')
  .min(1, 'A quota is at least one app.')
  .max(QUOTA_MAX, `A quota is at most ${QUOTA_MAX.toLocaleString('en')} apps.`)

/** In an input with a role and a quota, the quota is a developer's. */
export const isQuotaOfDeveloper = ({ role, appsMax }: { role?: string; appsMax?: number | null }) =>
  role === 'developer' || appsMax == null
export const QUOTA_OF_ANOTHER = { path: ['appsMax'], message: 'Only developers have a quota.' }

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

/** Who gets which place, besides where. */
export const addMemberFields = z.strictObject({
  /** Who: by their ID, or … */
  userId: userIdSchema.optional(),
  /** … by the username or e-mail address of somebody who has a place in the root organization. */
  login: z.string().trim().min(1, 'Enter a username or an e-mail address.').max(320, TOO_LONG).optional(),
  role: roleSchema,
  appsMax: appsMaxSchema.nullish(),
})
export const addMemberSchema = addMemberFields
  .extend({ organizationId: organizationIdSchema })
  .refine(({ userId, login }) => (userId === undefined) !== (login === undefined), {
    path: ['userId'],
    message: 'Say who it is, by their ID or by their username or e-mail address.',
  })
  .refine(isQuotaOfDeveloper, QUOTA_OF_ANOTHER)
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
