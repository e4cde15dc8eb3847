import { exportEvents } from '#lib/domain/audit/export-events'
import { followChanges } from '#lib/domain/audit/follow-changes'
import { getEvent } from '#lib/domain/audit/get-event'
import { listEventApps } from '#lib/domain/audit/list-event-apps'
import { listEventPeople } from '#lib/domain/audit/list-event-people'
import { listTopics } from '#lib/domain/audit/list-topics'
import { previewExport } from '#lib/domain/audit/preview-export'
import { listEvents } from '#lib/domain/audit/queries'
import type { Actor } from '#lib/domain/permissions/actor'
import { as } from '#test/actors'
import { APP, any, FOLLOW_CHANGES, needs, ROOT } from '../needs.ts'
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
  row(listTopics, (w) => w.sales.id, FOLLOW_CHANGES),
  row(followChanges, (w, actor) => following(w.sales.id, actor), FOLLOW_CHANGES),
  row(exportEvents, (w) => ({ ...root(w), format: 'csv' as const }), needs('audit.view', ROOT)),
]

/** Asked whether it may begin, and never listened to. */
function following(organizationId: World['sales']['id'], actor: Actor) {
  return {
    organizationId,
    since: undefined,
    actorNow: async () => actor,
    signal: new AbortController().signal,
  }
}

export async function anEvent(w: World) {
  const { rows } = await listEvents(as(w.people['root owner']), root(w))
  const [event] = rows
  if (!event) throw new Error('Something has happened in this world.')
  return event.eventId
}
