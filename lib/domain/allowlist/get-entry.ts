import { eq } from 'drizzle-orm'
import { database } from '#db/client'
import { liveEntries } from '#db/schema/allowlist'
import { type Id, isId } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { type ListedEntry, readEntries } from './read-entries.ts'

/** The entry of one app, as the list has it. Refuses an app that is not listed. */
export async function getEntry(
  actor: Actor,
  { rootOrganizationId, appId }: { rootOrganizationId: Id<'organization'>; appId: Id<'app'> },
): Promise<ListedEntry> {
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'allowlist.view')
  const found = isId('app', appId)
    ? await readEntries(db, rootOrganizationId, eq(liveEntries.appId, appId), 1)
    : []
  const [entry] = found
  if (!entry) throw new Refusal('not-found', 'This app is not on the allowlist.')
  const { byName: _, ...listed } = entry
  return listed
}
