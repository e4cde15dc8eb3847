import { z } from 'zod'
import { idSchema } from '../../../base/id-schema.ts'
import { EVENTS, type EventName } from '../../../domain/audit/events.ts'
import { appId, moment, named, organizationId, page, userId } from './shape.ts'

const line = z.object({
  eventId: idSchema('event', 'That is no event’s ID.'),
  occurredAt: moment,
  name: z.enum(Object.keys(EVENTS) as [EventName, ...EventName[]]),
  sentence: z.string(),
  actor: z.object({
    kind: z.enum(['user', 'app', 'system']),
    name: z.string(),
    userId: userId.nullable(),
    appId: appId.nullable(),
  }),
  through: z
    .object({ appId, name: z.string() })
    .nullable()
    .meta({ description: 'The app through which a person did it.' }),
  organization: named(organizationId).nullable(),
  appId: appId.nullable(),
  subject: z.object({ id: z.string().nullable(), name: z.string() }),
  details: z.record(z.string(), z.unknown()).meta({
    description: '`changed` holds each field with what it was before and after.',
  }),
  names: z.record(z.string(), z.string()).meta({ description: 'What IDs in the details name.' }),
  ip: z.string().nullable(),
  requestId: z.string().nullable(),
})

const listedEvent = line.meta({ id: 'Event', description: 'A line of the audit log.' })

export const entryHistory = page(listedEvent)

export const events = page(listedEvent, {
  previous: z
    .string()
    .nullable()
    .meta({ description: 'The `newerThan` of the page before; null at the newest.' }),
})

export const event = line
  .extend({
    links: z.object({
      app: z.enum(['owned', 'met']).nullable().meta({
        description:
          'Whether the app is still there: as one of the organization’s own, or as one its people met.',
      }),
      people: z.array(userId).meta({ description: 'Who of it still has a place in the organization.' }),
    }),
  })
  .meta({ id: 'EventDetails', description: 'A line of the audit log with what of it is still there.' })

export const eventPeople = page(
  z.object({ id: userId, name: z.string(), username: z.string() }).meta({ id: 'EventPerson' }),
)

export const eventApps = page(
  z
    .object({ id: appId, name: z.string(), publisher: z.string(), isDeleted: z.boolean() })
    .meta({ id: 'EventApp' }),
)
