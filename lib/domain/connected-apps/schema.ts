import { z } from 'zod'
import { idSchema } from '../../base/id-schema.ts'
import { sliceSchema } from '../../base/slice.ts'
import { isVisibleText, UNSEEN_SENTENCE } from '../../base/visible-text.ts'
import {
  environmentIdSchema,
  organizationIdSchema,
  organizationNameSchema,
  websiteSchema,
} from '../organizations/schema.ts'
import { userIdSchema } from '../users/schema.ts'
import { SECRET_STANDINGS } from './limits.ts'

/** More than any deployment lets an app have: how many that is, its environment says. */
const SCOPES_SENT_MAX = 5000
const SCOPES_PER_APP_MAX = 1000
const REDIRECT_URIS_MAX = 100
const CONTEXTS_PER_APP_MAX = 5000
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
export const nameSchema = organizationNameSchema
export const descriptionSchema = z
  .string()
  .trim()
  .max(1000, 'A description has at most 1,000 characters.')
  .refine(isVisibleText, UNSEEN_SENTENCE)
const redirectUrisSchema = z
  .array(z.string().max(2000, 'An address has at most 2,000 characters.'))
  .max(REDIRECT_URIS_MAX, `An app has at most ${REDIRECT_URIS_MAX} redirect URIs.`)
const scopesSchema = z
  .array(z.string().min(1).max(100))
  .max(SCOPES_SENT_MAX, 'These are too many scopes for one app.')
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

export const previewAppMoveSchema = z.strictObject({
  appId: appIdSchema,
  organizationId: organizationIdSchema,
})
export type PreviewAppMoveInput = z.input<typeof previewAppMoveSchema>

/** `version` is what the mover saw of the app. */
export const moveAppSchema = previewAppMoveSchema.extend({
  version: z.int('The version is a whole number.').min(1),
})
export type MoveAppInput = z.input<typeof moveAppSchema>

export const setContextsSchema = z.strictObject({
  appId: appIdSchema,
  version: z.int('The version is a whole number.').min(1),
  scopes: scopesSchema,
  contexts: contextsSchema,
})
export type SetContextsInput = z.input<typeof setContextsSchema>

export const appOnlySchema = z.strictObject({ appId: appIdSchema })
export type AppOnlyInput = z.input<typeof appOnlySchema>

export const setIntrospectionSchema = appOnlySchema.extend({ isOn: z.boolean() })
export type SetIntrospectionInput = z.input<typeof setIntrospectionSchema>

export const setLogoSchema = appOnlySchema.extend({
  /** The file as it was uploaded: what it is, is judged by what is in it. */
  picture: z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'Choose a picture.'),
})
export type SetLogoInput = z.input<typeof setLogoSchema>

export const deleteAppSchema = z.strictObject({
  appId: appIdSchema,
  /** The app's name, typed: it cannot be undone. */
  name: z.string(),
})
export type DeleteAppInput = z.input<typeof deleteAppSchema>

/** One page of Owned Apps. */
export const APPS_SHOWN_MAX = 50
/** Fewer letters are too few to look for anywhere in a text: they find names that begin with them. */
export const SEARCH_ANYWHERE_LENGTH_MIN = 3
/** How soon a secret's end is worth a look. */
export const SECRET_ENDS_SOON_DAYS = 30

const searchSchema = z.string().max(200, 'Search for at most 200 characters.').optional()
const ownedAppsFiltersSchema = z
  .strictObject({
    actsAs: z.enum(['user', 'itself']).optional(),
    clientType: z.enum(['server', 'browser', 'native']).optional(),
    /** Any of these. */
    residenceIds: z.array(organizationIdSchema).min(1).max(100).optional(),
    ownerId: userIdSchema.optional(),
    state: z.enum(['enabled', 'disabled']).optional(),
    audience: z.enum(['internal', 'everyone']).optional(),
    origin: z.enum(['console', 'api', 'dynamic-registration']).optional(),
    scope: z.string().max(100).optional(),
    /** Part of the host of a redirect URI. */
    redirectHost: z.string().max(200, 'A host has at most 200 characters.').optional(),
    secret: z.enum(SECRET_STANDINGS).optional(),
    isRotationDue: z.boolean().optional(),
  })
  .default({})
export type OwnedAppsFilters = z.output<typeof ownedAppsFiltersSchema>

/** A search and filters of Owned Apps, and by them all apps that match. */
export const matchingSchema = z.strictObject({ search: searchSchema, filters: ownedAppsFiltersSchema })

/** What Owned Apps shows, on however many pages. */
const wantedAppsSchema = z.object({
  /** The organization on the screen: its apps and those of the business groups below it. */
  organizationId: organizationIdSchema,
  /** Part of a name, a client ID or the host of a redirect URI. */
  search: searchSchema,
  filters: ownedAppsFiltersSchema,
})
export type WantedApps = z.output<typeof wantedAppsSchema>

export const countOwnedAppsSchema = wantedAppsSchema.extend({
  /** To the last one, for callers who count rows; otherwise to 10,001. */
  isExact: z.boolean().default(false),
})
export type CountOwnedAppsInput = z.input<typeof countOwnedAppsSchema>

export const listOwnedAppsSchema = wantedAppsSchema.extend({
  sort: z.enum(['name', 'last-used', 'created']).default('name'),
  cursor: z.string().max(2000).nullish(),
  /** In place of a page: these rows. */
  slice: sliceSchema.optional(),
})
export type ListOwnedAppsInput = z.input<typeof listOwnedAppsSchema>

export const listAppOwnersSchema = z.object({
  organizationId: organizationIdSchema,
  /** Part of a full name or username. */
  search: searchSchema,
})
export type ListAppOwnersInput = z.input<typeof listAppOwnersSchema>

/** What one act may change at once: one transaction holds them all. */
export const SELECTED_APPS_MAX = 10_000

/** Apps chosen in Owned Apps: one by one, or all that match a search and filters. */
export const appSelectionSchema = z
  .strictObject({
    /** The organization on the screen. */
    organizationId: organizationIdSchema,
    appIds: z
      .array(appIdSchema)
      .max(SELECTED_APPS_MAX, `Choose at most ${SELECTED_APPS_MAX.toLocaleString('en')} apps.`)
      .optional(),
    matching: matchingSchema.optional(),
  })
  .refine(
    ({ appIds, matching }) => (appIds === undefined) !== (matching === undefined),
    'Name the apps, or what they match.',
  )
export type AppSelection = z.input<typeof appSelectionSchema>

/** With `isPreview` nothing changes: it says what would. */
const bulkActSchema = z.strictObject({ selection: appSelectionSchema, isPreview: z.boolean().default(false) })
export const disableAppsSchema = bulkActSchema
export type DisableAppsInput = z.input<typeof disableAppsSchema>
export const enableAppsSchema = bulkActSchema
export type EnableAppsInput = z.input<typeof enableAppsSchema>
export const changeOwnerOfAppsSchema = bulkActSchema.extend({ ownerId: userIdSchema })
export type ChangeOwnerOfAppsInput = z.input<typeof changeOwnerOfAppsSchema>
