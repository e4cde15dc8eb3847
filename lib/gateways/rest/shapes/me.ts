import { z } from 'zod'
import { contextSchema } from '../../../domain/connected-apps/schema.ts'
import { organizationSeen } from './organizations.ts'
import { appId, named, userId } from './shape.ts'

export const me = z
  .object({
    kind: z.enum(['person', 'app']),
    person: z.object({ id: userId, fullName: z.string() }).nullable(),
    app: named(appId).nullable().meta({
      description: 'The app that acts for itself, or for the person; null where the person acts alone.',
    }),
    scopes: z
      .array(z.string())
      .readonly()
      .nullable()
      .meta({ description: 'What the token may do; null: all that the person may.' }),
    contexts: z
      .array(contextSchema)
      .readonly()
      .meta({ description: 'Where an app acting for itself may use which scope.' }),
    organizations: z.array(organizationSeen),
  })
  .meta({ id: 'Me' })
