import { z } from 'zod'
import { MARK_TRIGGERS } from '../../../domain/connected-apps/mark-causes.ts'
import { moment } from './shape.ts'

const formerOwners = z.array(z.string()).meta({
  description: 'Who owned the app when it was marked or since, and may still know the secret.',
})

/** What marked an app, or several. */
export const markCause = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('forgotten'), formerOwners }),
  z.object({
    kind: z.literal('owner-changed'),
    trigger: z.enum(MARK_TRIGGERS),
    from: z.string(),
    to: z.string(),
    at: moment,
    formerOwners,
  }),
])
