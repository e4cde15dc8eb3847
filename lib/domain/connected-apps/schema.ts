import { z } from 'zod'
import { idSchema } from '../../base/id-schema.ts'
import { isVisible, isVisibleText, UNSEEN_SENTENCE } from '../../base/visible-text.ts'
import { organizationIdSchema, organizationNameSchema, websiteSchema } from '../organizations/schema.ts'
import { userIdSchema } from '../users/schema.ts'

/** More would be a sign of apps made by a loop; the console pages stay quick far beyond. */
export const APPS_PER_ROOT_MAX = 2000
export const SCOPES_PER_APP_MAX = 1000
export const REDIRECT_URIS_MAX = 100
export const CONTEXTS_PER_APP_MAX = 5000
/** As many as anyone keeps apart; more would only widen what can leak. */
export const LIVE_SECRETS_MAX = 5
/** How long older secrets may still work after a rotation; 0 ends them at once. */
export const OVERLAP_HOURS = [0, 1, 24, 168] as const
export const OVERLAP_HOURS_DEFAULT = 24

export type ClientType = 'server' | 'browser' | 'native'

/** How an app acting for people gets its tokens (RFC 6749 §4.1 and §6, RFC 8628). */
export const USER_GRANT_TYPES = [
  'authorization_code',
  'refresh_token',
  'urn:ietf:params:oauth:grant-type:device_code',
] as const
/** How an app acting for itself does (RFC 6749 §4.4). */
export const ITSELF_GRANT_TYPES = ['client_credentials'] as const

export const appIdSchema = idSchema('app', 'That is no app ID.')
export const secretIdSchema = idSchema('secret', 'That is no secret’s ID.')
export const environmentIdSchema = idSchema('environment', 'That is no environment’s ID.')

const nameSchema = organizationNameSchema
const descriptionSchema = z
  .string()
  .trim()
  .max(1000, 'A description has at most 1,000 characters.')
  .refine(isVisibleText, UNSEEN_SENTENCE)
const redirectUrisSchema = z
  .array(z.string().max(2000, 'An address has at most 2,000 characters.'))
  .max(REDIRECT_URIS_MAX, `An app has at most ${REDIRECT_URIS_MAX} redirect URIs.`)
const scopesSchema = z
  .array(z.string().min(1).max(100))
  .max(SCOPES_PER_APP_MAX, `An app has at most ${SCOPES_PER_APP_MAX.toLocaleString('en')} scopes.`)
/** Names of scopes that were asked for or chosen (RFC 6749 §3.3), as many as an app may have. */
export const scopeNamesSchema = z
  .array(z.string().regex(/^[\x21\x23-\x5B\x5D-\x7E]{1,100}$/, 'That is no scope.'))
  .max(SCOPES_PER_APP_MAX, 'That is more scopes than an app can have.')
const grantTypesSchema = z
  .array(z.enum(USER_GRANT_TYPES, 'Choose among authorization code, refresh token and device code.'))
  .min(1, 'Choose how the app gets its tokens.')

export const contextSchema = z.strictObject({
  scope: z.string().min(1).max(100),
  organizationId: organizationIdSchema,
  environmentId: environmentIdSchema.optional(),
})
const contextsSchema = z
  .array(contextSchema)
  .max(CONTEXTS_PER_APP_MAX, 'These are too many places for one app.')
export type ContextInput = z.output<typeof contextSchema>

export const createAppSchema = z.strictObject({
  /** Where the app is to reside: a root organization or a business group. */
  organizationId: organizationIdSchema,
  name: nameSchema,
  description: descriptionSchema.default(''),
  website: websiteSchema.nullish(),
  actsAs: z.enum(['user', 'itself'], 'Choose on whose behalf the app acts.'),
  clientType: z.enum(['server', 'browser', 'native'], 'Choose where the app runs.').default('server'),
  /** For an app acting for people; absent: authorization code and refresh token. */
  grantTypes: grantTypesSchema.optional(),
  redirectUris: redirectUrisSchema.default([]),
  initiateLoginUri: websiteSchema.nullish(),
  audience: z.enum(['internal', 'everyone'], 'Choose whom the app is open to.').default('internal'),
  scopes: scopesSchema.default([]),
  /** Where an app acting for itself may use those of its scopes that need an organization. */
  contexts: contextsSchema.default([]),
  requiresPkce: z.boolean().default(true),
  /** Absent: the person who creates it, or the owner of the app that does. */
  ownerId: userIdSchema.optional(),
})
export type CreateAppInput = z.input<typeof createAppSchema>

export const updateAppSchema = z.strictObject({
  appId: appIdSchema,
  /** The version that was on the screen: a save over someone's newer save is refused. */
  version: z.int('The version is a whole number.').min(1),
  /** Only to be refused when it differs: the ID of an app never changes. */
  clientId: z.string().optional(),
  name: nameSchema.optional(),
  description: descriptionSchema.optional(),
  website: websiteSchema.nullish(),
  grantTypes: grantTypesSchema.optional(),
  redirectUris: redirectUrisSchema.optional(),
  initiateLoginUri: websiteSchema.nullish(),
  audience: z.enum(['internal', 'everyone'], 'Choose whom the app is open to.').optional(),
  /** Of an app acting for people; one acting for itself gets its scopes with their places. */
  scopes: scopesSchema.optional(),
  requiresPkce: z.boolean().optional(),
  ownerId: userIdSchema.optional(),
})
export type UpdateAppInput = z.input<typeof updateAppSchema>

export const setContextsSchema = z.strictObject({
  appId: appIdSchema,
  version: z.int('The version is a whole number.').min(1),
  scopes: scopesSchema,
  contexts: contextsSchema,
})
export type SetContextsInput = z.input<typeof setContextsSchema>

export const rotateSecretSchema = z.strictObject({
  appId: appIdSchema,
  name: z
    .string()
    .trim()
    .max(100, 'A name has at most 100 characters.')
    .refine(isVisible, UNSEEN_SENTENCE)
    .optional(),
  /** An own value; absent: we make one. */
  value: z.string().optional(),
  overlapHours: z
    .literal(OVERLAP_HOURS, 'Choose at once, 1 hour, 24 hours or 7 days.')
    .default(OVERLAP_HOURS_DEFAULT),
  /** Older secrets that keep the life they have. */
  keep: z.array(secretIdSchema).max(LIVE_SECRETS_MAX).default([]),
  /** With an overlap of 0, for an app acting for itself: also end every token it holds. */
  endTokens: z.boolean().default(false),
})
export type RotateSecretInput = z.input<typeof rotateSecretSchema>

export const endSecretSchema = z.strictObject({ appId: appIdSchema, secretId: secretIdSchema })
export type EndSecretInput = z.input<typeof endSecretSchema>

export const appOnlySchema = z.strictObject({ appId: appIdSchema })
export type AppOnlyInput = z.input<typeof appOnlySchema>

export const setIntrospectionSchema = appOnlySchema.extend({ isOn: z.boolean() })
export type SetIntrospectionInput = z.input<typeof setIntrospectionSchema>

export const deleteAppSchema = z.strictObject({
  appId: appIdSchema,
  /** The app's name, typed: it cannot be undone. */
  name: z.string(),
})
export type DeleteAppInput = z.input<typeof deleteAppSchema>

/** One page of Owned Apps. */
export const APPS_SHOWN_MAX = 50

export const listOwnedAppsSchema = z.object({
  /** The organization on the screen: its apps and those of the business groups below it. */
  organizationId: organizationIdSchema,
  /** Part of a name, a client ID or the host of a redirect URI. */
  search: z.string().max(200, 'Search for at most 200 characters.').optional(),
  filters: z
    .object({
      actsAs: z.enum(['user', 'itself']).optional(),
      clientType: z.enum(['server', 'browser', 'native']).optional(),
      residenceId: organizationIdSchema.optional(),
      ownerId: userIdSchema.optional(),
      state: z.enum(['enabled', 'disabled']).optional(),
      audience: z.enum(['internal', 'everyone']).optional(),
      origin: z.enum(['console', 'api', 'dynamic-registration']).optional(),
      scope: z.string().max(100).optional(),
      isRotationDue: z.boolean().optional(),
    })
    .default({}),
  sort: z.enum(['name', 'last-used']).default('name'),
  cursor: z.string().max(2000).nullish(),
})
export type ListOwnedAppsInput = z.input<typeof listOwnedAppsSchema>
