import { z } from 'zod'
import {
  appCreationSchema,
  environmentIdSchema,
  environmentKindSchema,
  roleSchema,
} from '../../../domain/organizations/schema.ts'
import { abilities, appId, named, organizationId, page, person, scopeInWords } from './shape.ts'

export const organizationSeen = z
  .object({
    id: organizationId,
    name: z.string(),
    parentId: organizationId.nullable(),
    rootOrganizationId: organizationId,
    isRoot: z.boolean(),
    role: roleSchema.nullable().meta({ description: 'The caller’s strongest role; null for an app.' }),
  })
  .meta({ id: 'OrganizationSeen', description: 'An organization or business group the caller sees.' })

export const organizationsSeen = page(organizationSeen)

export const organizationDetails = z
  .object({
    id: organizationId,
    name: z.string(),
    website: z.string().nullable(),
    parentId: organizationId.nullable(),
    root: z.object({
      id: organizationId,
      name: z.string(),
      owner: person.nullable(),
    }),
    businessGroups: z.array(named(organizationId)),
    environments: z.array(
      named(environmentIdSchema).extend({ kind: environmentKindSchema, version: z.number() }),
    ),
    appCreation: z.object({
      rule: appCreationSchema,
      isOpen: z.boolean().meta({ description: 'Whether the rule lets the caller create apps here.' }),
    }),
    version: z.number(),
    abilities,
  })
  .meta({ id: 'Organization' })

export const organizationSettings = z
  .object({
    id: organizationId,
    version: z.number(),
    name: z.string(),
    website: z.string().nullable(),
    environments: z.array(
      named(environmentIdSchema).extend({
        kind: environmentKindSchema,
        version: z.number(),
        apps: z.int().meta({ description: 'Apps acting for themselves that may use a scope there.' }),
      }),
    ),
    rules: z
      .object({
        appCreation: appCreationSchema,
        secretDaysMax: z
          .int()
          .nullable()
          .meta({ description: 'Null: a secret lives until somebody ends it.' }),
        allowsPasswordTokens: z.boolean(),
        apps: z.int(),
        appsMax: z.int(),
        owner: person,
        introspecting: z.array(named(appId)),
      })
      .nullable()
      .meta({ description: 'What is decided for a whole root organization; null for a business group.' }),
    abilities,
  })
  .meta({ id: 'OrganizationSettings' })

export const scopesOffered = page(
  scopeInWords
    .extend({
      needsOrganization: z.boolean(),
      needsEnvironment: z.boolean(),
      api: z.object({ name: z.string(), isBuiltIn: z.boolean() }),
    })
    .meta({ id: 'ScopeOffered', description: 'A scope that apps of this organization may ask for.' }),
)
