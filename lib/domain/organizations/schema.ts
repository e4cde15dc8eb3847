import { z } from 'zod'
import { idSchema } from '../../base/id-schema.ts'
import { isVisible, UNSEEN_SENTENCE } from '../../base/visible-text.ts'
import {
  emailSchema,
  fullNameSchema,
  loginSchema,
  passwordSchema,
  userIdSchema,
  usernameSchema,
} from '../users/schema.ts'

/** How long the code of the first visit is good for. */
export const SETUP_CODE_MINUTES = 60
/** 128 bits cannot be guessed; whoever tries this often is not the person who reads the log. */
export const SETUP_CODE_FAILURES_MAX = 10
/** More of a tree than anyone looks through, and still one page. */
export const BUSINESS_GROUPS_PER_ROOT_MAX = 1000
/** Ten years: whoever wants more wants no limit. */
const SECRET_DAYS_MAX = 3650
/** What lists and searches were measured with. */
const APPS_MAX_MOST = 100_000
/** How many root organizations the operator sees at once. */
export const ROOTS_SHOWN_MAX = 50
/** Deeper trees make rights hard to see through. */
export const BUSINESS_GROUP_LEVELS_MAX = 10

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

export const createOrganizationSchema = z
  .object({
    name: organizationNameSchema,
    /** The owner: by their ID, by what they sign in with, or somebody who gets an account by this. */
    ownerId: userIdSchema.optional(),
    ownerLogin: loginSchema.optional(),
    newOwner: z
      .strictObject({ fullName: fullNameSchema, username: usernameSchema, email: emailSchema })
      .optional(),
    website: websiteSchema.optional(),
  })
  .refine(
    ({ ownerId, ownerLogin, newOwner }) =>
      [ownerId, ownerLogin, newOwner].filter((one) => one !== undefined).length === 1,
    { error: 'Name one owner.', path: ['ownerLogin'] },
  )
export type CreateOrganizationInput = z.input<typeof createOrganizationSchema>

export const appCreationSchema = z.enum(
  ['nobody', 'administrators', 'developers'],
  'Choose nobody, administrators or developers.',
)

export const versionSchema = z.int('The version is a whole number.').min(1)

export const updateOrganizationSchema = z.strictObject({
  organizationId: organizationIdSchema,
  /** What the save began from. */
  version: versionSchema,
  name: organizationNameSchema.optional(),
  website: websiteSchema.nullable().optional(),
  appCreation: appCreationSchema.optional(),
  /** Null: until somebody ends it. */
  secretDaysMax: z
    .int('Give whole days.')
    .min(1, 'A secret lives a day at least.')
    .max(SECRET_DAYS_MAX, 'A secret lives ten years at most.')
    .nullable()
    .optional(),
  allowsPasswordTokens: z.boolean().optional(),
})
export type UpdateOrganizationInput = z.input<typeof updateOrganizationSchema>

export const rootOrganizationSchema = z.object({ rootOrganizationId: organizationIdSchema })
export type RootOrganizationInput = z.input<typeof rootOrganizationSchema>

export const limitAppsSchema = z.object({
  rootOrganizationId: organizationIdSchema,
  appsMax: z
    .int('Give a whole number of apps.')
    .min(1, 'The limit of apps is at least one.')
    .max(APPS_MAX_MOST, 'The limit of apps is at most 100,000.'),
})
export type LimitAppsInput = z.input<typeof limitAppsSchema>

export const listRootsSchema = z.object({
  search: z.string().max(200).optional(),
  cursor: z.string().max(2000).nullish(),
})
export type ListRootsInput = z.input<typeof listRootsSchema>

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

export const environmentKindSchema = z.enum(
  ['design', 'sandbox', 'production'],
  'Choose design, sandbox or production.',
)

export const createEnvironmentSchema = z.object({
  organizationId: organizationIdSchema,
  name: organizationNameSchema,
  kind: environmentKindSchema,
})
export type CreateEnvironmentInput = z.input<typeof createEnvironmentSchema>

export const environmentIdSchema = idSchema('environment', 'That is no environment’s ID.')

export const updateEnvironmentSchema = createEnvironmentSchema
  .pick({ name: true, kind: true })
  .partial()
  .extend({ environmentId: environmentIdSchema, version: versionSchema })
export type UpdateEnvironmentInput = z.input<typeof updateEnvironmentSchema>

export const createFirstOrganizationSchema = z.object({
  code: z.string().max(100),
  organizationName: organizationNameSchema,
  username: usernameSchema,
  email: emailSchema,
  fullName: fullNameSchema,
  password: passwordSchema,
})
export type CreateFirstOrganizationInput = z.input<typeof createFirstOrganizationSchema>
