import { z } from 'zod'
import { environmentIdSchema, environmentKindSchema } from '../../../domain/organizations/schema.ts'
import { named, organizationId, page } from './shape.ts'

const version = z.number().meta({ description: 'What the next save begins from; also the `ETag`.' })

export const savedOrganization = z.object({ version })

export const businessGroups = page(
  z
    .object({
      id: organizationId,
      name: z.string(),
      parentId: organizationId.nullable(),
      depth: z.number().meta({ description: '0 for the organization asked for.' }),
      version,
      people: z.number().meta({ description: 'With those of the business groups below it, each once.' }),
      ownAdministrators: z
        .number()
        .meta({ description: 'Of this very one; none: it is administered from above.' }),
      apps: z.number().meta({ description: 'With those of the business groups below it.' }),
      mayRename: z.boolean(),
      mayMove: z.boolean(),
      mayDelete: z.boolean(),
      mayCreateBelow: z.boolean(),
    })
    .meta({ id: 'BusinessGroup', description: 'An organization of a branch.' }),
)

export const createdBusinessGroup = z.object({ organizationId, version })

export const createdEnvironment = z.object({ environmentId: environmentIdSchema, version })

export const environmentDetails = named(environmentIdSchema)
  .extend({ organizationId, kind: environmentKindSchema, version })
  .meta({ id: 'Environment' })

export const endedContexts = z
  .object({
    contexts: z.number().meta({ description: 'Places of apps acting for themselves that ended.' }),
    apps: z.number().meta({ description: 'The apps they belonged to.' }),
  })
  .meta({ id: 'EndedContexts' })

export const movedBusinessGroup = z.object({
  version,
  movedApps: z.number().meta({ description: 'Apps that moved to the root organization’s owner.' }),
  ended: endedContexts,
})

export const movePreview = z
  .object({
    groups: z.number(),
    apps: z.number(),
    movedApps: z.number(),
    rootOwner: z.string(),
    endedContexts: z.number(),
    endedContextsApps: z.number(),
    peopleLosing: z
      .number()
      .meta({ description: 'Administrators and developers who lose their rights there.' }),
    peopleGaining: z.number(),
  })
  .meta({ id: 'MovePreview' })

export const groupDeletionPreview = z
  .object({
    groups: z.number(),
    people: z.number(),
    environments: z.number(),
    invitations: z.number(),
    apps: z.number(),
    parent: named(organizationId),
    movedApps: z.number(),
    rootOwner: z.string(),
    endedContexts: z.number(),
    endedContextsApps: z.number(),
  })
  .meta({ id: 'BusinessGroupDeletionPreview' })

export const deletedBusinessGroup = z.object({
  groups: z.number(),
  people: z.number(),
  keptApps: z.number().meta({ description: 'Apps that reside in the organization above now.' }),
  movedApps: z.number().meta({ description: 'Those of them that moved to the root organization’s owner.' }),
  ended: endedContexts,
})
