import { z } from 'zod'
import { idSchema } from '../../base/id-schema.ts'
import { isVisible, UNSEEN_SENTENCE } from '../../base/visible-text.ts'
import { organizationIdSchema } from '../organizations/schema.ts'
import { appIdSchema, descriptionSchema, nameSchema } from './schema.ts'

/** As many as a page can be read; more is a sign of a loop. */
export const APIS_PER_ROOT_MAX = 200
export const SCOPES_PER_API_MAX = 200
/** RFC 9068 tokens: nothing ends one early, so it is short. */
const JWT_SECONDS_MIN = 60
const JWT_SECONDS_MAX = 300

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
