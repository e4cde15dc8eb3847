import { z } from 'zod'
import { environmentIdSchema } from '../../../domain/connected-apps/schema.ts'
import { roleSchema } from '../../../domain/organizations/schema.ts'
import { abilities, named, organizationId, page, person, scopeInWords } from './shape.ts'

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
      named(environmentIdSchema).extend({ kind: z.enum(['design', 'sandbox', 'production']) }),
    ),
    abilities,
  })
  .meta({ id: 'Organization' })

export const scopesOffered = page(
  scopeInWords
    .extend({
      needsOrganization: z.boolean(),
      needsEnvironment: z.boolean(),
      api: z.object({ name: z.string(), isBuiltIn: z.boolean() }),
    })
    .meta({ id: 'ScopeOffered', description: 'A scope that apps of this organization may ask for.' }),
)
