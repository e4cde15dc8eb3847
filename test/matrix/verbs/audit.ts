import { exportEvents } from '#lib/domain/audit/export-events'
import { getEvent } from '#lib/domain/audit/get-event'
import { listEventApps } from '#lib/domain/audit/list-event-apps'
import { listEventPeople } from '#lib/domain/audit/list-event-people'
import { previewExport } from '#lib/domain/audit/preview-export'
import { listEvents } from '#lib/domain/audit/queries'
import { as } from '#test/actors'
import { APP, any, needs, ROOT } from '../needs.ts'
import { row } from '../row.ts'
import type { World } from '../world.ts'

const root = (w: World) => ({ rootOrganizationId: w.north.id })

export const AUDIT = [
  row(listEvents, (w) => ({ rootOrganizationId: w.north.id }), needs('audit.view', ROOT)),
  row(
    listEvents,
    (w) => ({ rootOrganizationId: w.north.id, appId: w.app.id }),
    any(needs('audit.view', ROOT), needs('connected-apps.view', APP)),
    { how: 'of an app' },
  ),
  row(getEvent, async (w) => ({ ...root(w), eventId: await anEvent(w) }), needs('audit.view', ROOT)),
  row(listEventPeople, root, needs('audit.view', ROOT)),
  row(listEventApps, root, needs('audit.view', ROOT)),
  row(previewExport, root, needs('audit.view', ROOT)),
  row(exportEvents, (w) => ({ ...root(w), format: 'csv' as const }), needs('audit.view', ROOT)),
]

export async function anEvent(w: World) {
  const { rows } = await listEvents(as(w.people['root owner']), root(w))
  const [event] = rows
  if (!event) throw new Error('Something has happened in this world.')
  return event.eventId
}
