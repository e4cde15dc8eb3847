import { z } from 'zod'
import { streamOf } from '../../../base/stream-of.ts'
import { eventFile, FILE_TYPES } from '../../../domain/audit/event-file.ts'
import { exportEvents } from '../../../domain/audit/export-events.ts'
import { getEvent } from '../../../domain/audit/get-event.ts'
import { listEventApps } from '../../../domain/audit/list-event-apps.ts'
import { listEventPeople } from '../../../domain/audit/list-event-people.ts'
import { listEvents } from '../../../domain/audit/queries.ts'
import { eventFiltersSchema, exportEventsSchema } from '../../../domain/audit/schema.ts'
import { eventOf, organizationOf } from '../named.ts'
import { cursor, search } from '../query.ts'
import { type Call, type Route, route } from '../route.ts'
import { event, eventApps, eventPeople, events } from '../shapes/audit.ts'
import { paged, whole } from '../shapes/shape.ts'

export const AUDIT_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/organizations/{organization}/events',
    operation: 'listEvents',
    summary: 'Read the audit log, the newest first.',
    more: 'With `appId`, whoever may open that app reads what happened to the app itself.',
    needs: 'audit.view',
    query: eventFiltersSchema.extend({
      cursor,
      newerThan: cursor.meta({
        description: 'Goes on towards newer ones: `previous` of a page, as it came.',
      }),
    }),
    answer: events,
    run: async (call) => paged(await listEvents(call.actor, { ...call.query, ...rootOf(call) })),
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/events/{event}',
    operation: 'getEvent',
    summary: 'Read one line of the audit log.',
    needs: 'audit.view',
    answer: event,
    run: async (call) => ({ body: await getEvent(call.actor, { ...rootOf(call), eventId: eventOf(call) }) }),
  }),
  route({
    method: 'POST',
    path: '/organizations/{organization}/event-exports',
    operation: 'exportEvents',
    summary: 'Take the audit log along as a file: CSV or JSON Lines, with the same filters as the list.',
    more: 'It is read as it is taken, the newest first. Its last line says that it is the last, and how many events came before; a file without it was cut off, as it is where the token or the right ends meanwhile. The export itself is on record before its first line.',
    needs: 'audit.view',
    body: exportEventsSchema.omit({ rootOrganizationId: true }),
    files: Object.values(FILE_TYPES),
    run: async (call) => {
      const input = { ...call.body, ...rootOf(call) }
      const { batches } = await exportEvents(call.actor, input)
      const file = eventFile(input.format, batches(call.actorNow))
      const stream = streamOf(file, 'An export of the audit log was broken off')
      return { file: { type: FILE_TYPES[input.format], stream } }
    },
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/event-people',
    operation: 'listEventPeople',
    summary: 'Find people whose acts the audit log can be read for, by name.',
    more: 'The first twenty who have or had a place in the organization; search to find others.',
    needs: 'audit.view',
    query: z.object({ search }),
    answer: eventPeople,
    run: async (call) => whole(await listEventPeople(call.actor, { ...call.query, ...rootOf(call) })),
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/event-apps',
    operation: 'listEventApps',
    summary: 'Find apps that the audit log can be read for, by name or client ID.',
    more: 'The first twenty that the organization owns or owned, or whose people met; search to find others.',
    needs: 'audit.view',
    query: z.object({ search }),
    answer: eventApps,
    run: async (call) => whole(await listEventApps(call.actor, { ...call.query, ...rootOf(call) })),
  }),
]

const rootOf = (call: Pick<Call, 'ids'>) => ({ rootOrganizationId: organizationOf(call) })
