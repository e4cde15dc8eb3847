import { z } from 'zod'
import { idSchema } from '../../base/id-schema.ts'
import { isVisible, isVisibleText, UNSEEN_SENTENCE } from '../../base/visible-text.ts'
import {
  environmentIdSchema,
  organizationIdSchema,
  organizationNameSchema,
  websiteSchema,
} from '../organizations/schema.ts'
import { userIdSchema } from '../users/schema.ts'
import { LIVE_SECRETS_MAX, SECRET_STANDINGS } from './limits.ts'
import { LIFE_DAYS_MAX } from './secret-life.ts'

export const SCOPES_PER_APP_MAX = 1000
export const REDIRECT_URIS_MAX = 100
export const CONTEXTS_PER_APP_MAX = 5000
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

export const NO_SECRET_SENTENCE = 'This app runs where it cannot keep a secret, so it has none.'

/** Of a secret or a key: where it is used, so that people recognize it. */
const credentialNameSchema = z
  .string()
  .trim()
  .max(100, 'A name has at most 100 characters.')
  .refine(isVisible, UNSEEN_SENTENCE)
/** How long a new secret or key lives: days (null: until somebody ends it) or a moment. Neither: as long as the organization allows. */
const lifeFields = {
  lifeDays: z
    .int('The days are a whole number.')
    .min(1, 'It lives one day at least.')
    .max(LIFE_DAYS_MAX, 'It lives ten years at most.')
    .nullish(),
  expiresAt: z.iso
    .datetime({ offset: true, error: 'That is no moment, such as 2027-03-01T09:00:00Z.' })
    .optional(),
}
const overlapHoursSchema = z
  .literal(OVERLAP_HOURS, 'Choose at once, 1 hour, 24 hours or 7 days.')
  .default(OVERLAP_HOURS_DEFAULT)

export const rotateSecretSchema = z.strictObject({
  appId: appIdSchema,
  name: credentialNameSchema.optional(),
  /** An own value; absent: we make one. */
  value: z.string().optional(),
  overlapHours: overlapHoursSchema,
  ...lifeFields,
  /** Older secrets that keep the life they have. */
  keep: z.array(secretIdSchema).max(LIVE_SECRETS_MAX).default([]),
  /** With an overlap of 0, for an app acting for itself: also end every token it holds. */
  endTokens: z.boolean().default(false),
})
export type RotateSecretInput = z.input<typeof rotateSecretSchema>

export const endSecretSchema = z.strictObject({ appId: appIdSchema, secretId: secretIdSchema })
export type EndSecretInput = z.input<typeof endSecretSchema>

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
const matchingSchema = z.strictObject({ search: searchSchema, filters: ownedAppsFiltersSchema })

/** How long nobody's new secrets of a bulk rotation are kept: then they are forgotten. */
export const HAND_OVER_HOURS = 24
/** So many secrets at once are still one file that somebody can work off. */
export const BULK_APPS_MAX = 2000

/** Which apps' secrets: those marked as due, all, these, or all that match; always of one branch, and of those the actor may rotate. */
export const bulkRotationSchema = z.strictObject({
  organizationId: organizationIdSchema,
  which: z.enum(['due', 'all', 'chosen', 'matching'], 'Choose the marked apps, all, or some.'),
  appIds: z
    .array(appIdSchema)
    .max(BULK_APPS_MAX, `Choose at most ${BULK_APPS_MAX.toLocaleString('en')} apps.`)
    .default([]),
  /** For `matching`. */
  matching: matchingSchema.optional(),
  overlapHours: overlapHoursSchema,
})
export type BulkRotationInput = z.input<typeof bulkRotationSchema>

export const bulkRotationIdSchema = idSchema('bulkRotation', 'That is no bulk rotation’s ID.')
export const bulkRotationOnlySchema = z.strictObject({ bulkRotationId: bulkRotationIdSchema })
export type BulkRotationOnlyInput = z.input<typeof bulkRotationOnlySchema>

export const renameSecretSchema = endSecretSchema.extend({
  name: credentialNameSchema.min(1, 'Give the secret a name.'),
})
export type RenameSecretInput = z.input<typeof renameSecretSchema>

/** More would be a sign of keys made by a loop. */
export const KEYS_PER_APP_MAX = 10
export const keyIdSchema = idSchema('appKey', 'That is no key’s ID.')

export const addKeysSchema = z.strictObject({
  appId: appIdSchema,
  name: credentialNameSchema.optional(),
  /** A JWK, a JWKS or PEM. */
  keys: z.union(
    [z.string().min(1), z.record(z.string(), z.unknown())],
    'Give public keys: a JWK, a JWKS or PEM.',
  ),
  ...lifeFields,
})
export type AddKeysInput = z.input<typeof addKeysSchema>

export const endKeySchema = z.strictObject({ appId: appIdSchema, keyId: keyIdSchema })
export type EndKeyInput = z.input<typeof endKeySchema>

export const setJwksUriSchema = z.strictObject({
  appId: appIdSchema,
  jwksUri: z.string().trim().max(2000, 'An address has at most 2,000 characters.').nullable(),
})
export type SetJwksUriInput = z.input<typeof setJwksUriSchema>

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

/** What Owned Apps shows, on however many pages. */
const wantedAppsSchema = z.object({
  /** The organization on the screen: its apps and those of the business groups below it. */
  organizationId: organizationIdSchema,
  /** Part of a name, a client ID or the host of a redirect URI. */
  search: searchSchema,
  filters: ownedAppsFiltersSchema,
})
export type WantedApps = z.output<typeof wantedAppsSchema>

export const countOwnedAppsSchema = wantedAppsSchema
export type CountOwnedAppsInput = z.input<typeof countOwnedAppsSchema>

export const listOwnedAppsSchema = wantedAppsSchema.extend({
  sort: z.enum(['name', 'last-used', 'created']).default('name'),
  cursor: z.string().max(2000).nullish(),
})
export type ListOwnedAppsInput = z.input<typeof listOwnedAppsSchema>

/** As many as a page can be read; more is a sign of a loop. */
export const APIS_PER_ROOT_MAX = 200
export const SCOPES_PER_API_MAX = 200
/** RFC 9068 tokens: nothing ends one early, so it is short. */
export const JWT_SECONDS_MIN = 60
export const JWT_SECONDS_MAX = 300

export const apiIdSchema = idSchema('api', 'That is no API’s ID.')

/** RFC 8707 §2: an absolute URI without a fragment. Compared sign by sign, so it is kept as typed. */
const audienceSchema = z
  .string()
  .trim()
  .max(500, 'An audience has at most 500 characters.')
  .refine(
    isAudience,
    'An audience is an absolute URI without spaces, query or fragment: https://api.example.com/orders.',
  )
  .meta({ examples: ['https://api.example.com/orders'] })
const titleSchema = z
  .string()
  .trim()
  .min(1, 'Say in a sentence what the scope lets an app do.')
  .max(100, 'The sentence has at most 100 characters.')
  .refine(isVisible, UNSEEN_SENTENCE)

/** What may be changed of an API. Its audience and its prefix never do: tokens and apps name them. */
const apiSettings = {
  name: nameSchema,
  description: descriptionSchema,
  /** The app that answers for it: it may introspect tokens that hold its scopes. */
  resourceServerAppId: appIdSchema.nullable(),
  openTo: z.enum(['internal', 'everyone'], 'Choose whose apps may ask for its scopes.'),
  tokenFormat: z.enum(['opaque', 'jwt'], 'Choose opaque tokens or JWTs.'),
  jwtLifetimeSeconds: z
    .int('A lifetime is a whole number of seconds.')
    .min(JWT_SECONDS_MIN, 'A JWT access token lives one to five minutes.')
    .max(JWT_SECONDS_MAX, 'A JWT access token lives one to five minutes.'),
}

export const createApiSchema = z.strictObject({
  /** The root organization it is an API of. */
  organizationId: organizationIdSchema,
  name: apiSettings.name,
  description: apiSettings.description.default(''),
  audience: audienceSchema,
  /** What the names of its scopes begin with: `orders` for `orders:read`. */
  scopePrefix: z
    .string()
    .trim()
    .max(40, 'A prefix has at most 40 characters.')
    .meta({ examples: ['orders'] }),
  resourceServerAppId: apiSettings.resourceServerAppId.default(null),
  openTo: apiSettings.openTo.default('internal'),
  tokenFormat: apiSettings.tokenFormat.default('opaque'),
  jwtLifetimeSeconds: apiSettings.jwtLifetimeSeconds.default(JWT_SECONDS_MAX),
})
export type CreateApiInput = z.input<typeof createApiSchema>

export const updateApiSchema = z.strictObject({
  apiId: apiIdSchema,
  /** The version that was on the screen: a save over someone's newer save is refused. */
  version: z.int('The version is a whole number.').min(1),
  name: apiSettings.name.optional(),
  description: apiSettings.description.optional(),
  resourceServerAppId: apiSettings.resourceServerAppId.optional(),
  openTo: apiSettings.openTo.optional(),
  tokenFormat: apiSettings.tokenFormat.optional(),
  jwtLifetimeSeconds: apiSettings.jwtLifetimeSeconds.optional(),
})
export type UpdateApiInput = z.input<typeof updateApiSchema>

export const endApiSchema = z.strictObject({
  apiId: apiIdSchema,
  /** The API's name, typed: it cannot be undone. */
  name: z.string(),
})
export type EndApiInput = z.input<typeof endApiSchema>

const scopeNameSchema = z
  .string()
  .min(1)
  .max(100, 'A scope has at most 100 characters.')
  .meta({ examples: ['orders:read'] })
/** What may be changed of a scope: the words. */
const scopeWords = {
  title: titleSchema,
  description: descriptionSchema.pipe(z.string().min(1, 'Say what the app can do with it.')),
  risk: z.enum(['low', 'medium', 'high'], 'Choose how much harm it can do in wrong hands.'),
}

export const createScopeSchema = z.strictObject({
  apiId: apiIdSchema,
  /** The whole name, as apps ask for it: it begins with the API's prefix, and never changes. */
  name: scopeNameSchema,
  ...scopeWords,
  needsOrganization: z.boolean().default(false),
  needsEnvironment: z.boolean().default(false),
})
export type CreateScopeInput = z.input<typeof createScopeSchema>

export const updateScopeSchema = z.strictObject({
  apiId: apiIdSchema,
  name: scopeNameSchema,
  version: z.int('The version is a whole number.').min(1),
  title: scopeWords.title.optional(),
  description: scopeWords.description.optional(),
  risk: scopeWords.risk.optional(),
})
export type UpdateScopeInput = z.input<typeof updateScopeSchema>

export const endScopeSchema = z.strictObject({ apiId: apiIdSchema, name: scopeNameSchema })
export type EndScopeInput = z.input<typeof endScopeSchema>

function isAudience(text: string): boolean {
  if (!/^[a-z][a-z0-9+.-]*:[\x21-\x7e]+$/i.test(text) || /[?#"\\<>^`{|}]/.test(text)) return false
  const url = URL.parse(text)
  if (url?.username !== '' || url.password !== '') return false
  return url.protocol !== 'javascript:' && url.protocol !== 'data:'
}
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
