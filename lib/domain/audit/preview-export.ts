import { database } from '#db/client'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { countEvents } from './read-events.ts'
import { type EventFiltersInput, eventFiltersSchema } from './schema.ts'

/** How many events an export with these filters would hold now. */
export async function previewExport(
  actor: Actor,
  { rootOrganizationId, ...given }: EventFiltersInput & { rootOrganizationId: Id<'organization'> },
): Promise<{ events: number }> {
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'audit.view')
  const filters = parse(eventFiltersSchema, given)
  return { events: await countEvents(db, { rootOrganizationId, filters }) }
}
