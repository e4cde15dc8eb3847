import { z } from 'zod'
import { apiIdSchema } from '../../../domain/connected-apps/apis-schema.ts'
import { abilities, appId, named, page, scopeInWords } from './shape.ts'

const documentedScope = scopeInWords
  .extend({
    needsOrganization: z.boolean(),
    needsEnvironment: z.boolean(),
    version: z.int(),
    apps: z.int().meta({ description: 'How many apps of the organization may ask for it.' }),
  })
  .meta({ id: 'DocumentedScope', description: 'A scope, and how many apps may ask for it.' })

export const documentedApi = z
  .object({
    id: apiIdSchema,
    name: z.string(),
    description: z.string(),
    audience: z.string().meta({ description: 'What requests name as `resource`, and tokens as `aud`.' }),
    scopePrefix: z.string().nullable().meta({ description: 'Null for what is built in.' }),
    isBuiltIn: z.boolean(),
    resourceServer: named(appId).nullable(),
    openTo: z.enum(['internal', 'everyone']),
    tokenFormat: z.enum(['opaque', 'jwt']),
    jwtLifetimeSeconds: z.int(),
    version: z.int(),
    scopes: z.array(documentedScope),
    abilities,
  })
  .meta({ id: 'DocumentedApi', description: 'An API and its scopes.' })

export const documentedApis = page(documentedApi)

export const createdApi = z.object({ apiId: apiIdSchema, version: z.int() }).meta({ id: 'CreatedApi' })
export const createdScope = z.object({ name: z.string(), version: z.int() }).meta({ id: 'CreatedScope' })
export const savedVersion = z.object({ version: z.int() }).meta({ id: 'SavedVersion' })

export const endEffect = z
  .object({
    scopes: z.array(z.string()),
    apps: z.array(named(appId)).meta({ description: 'The first few, by name.' }),
    appsCount: z.int(),
    authorizations: z.int().meta({ description: 'Exact up to 10,000; 10,001 stands for more.' }),
    jwtSeconds: z
      .int()
      .nullable()
      .meta({ description: 'How long a JWT that is out is accepted all the same.' }),
  })
  .meta({ id: 'EndEffect', description: 'What ending an API or a scope takes away.' })
