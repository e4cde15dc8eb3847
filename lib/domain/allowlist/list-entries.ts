import { and, eq, ilike, or, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { liveEntries } from '#db/schema/allowlist'
import { connectedApps } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { type Id, uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { BY_NAME, type ListedEntry, readEntries } from './read-entries.ts'
import { PAGE_ROWS } from './schema.ts'

/** The application allowlist by name, a page at a time; entries of deleted apps do not count. */
export async function listEntries(
  actor: Actor,
  input: { rootOrganizationId: Id<'organization'>; search?: string; cursor?: Cursor },
): Promise<{ rows: ListedEntry[]; next: Cursor }> {
  const db = database()
  await checkInRoot(db, actor, input.rootOrganizationId, 'allowlist.view')
  const after = readCursor(input.cursor, ['text', 'uuid'])
  const search = input.search?.trim()
  const wanted = and(
    search
      ? or(
          ilike(connectedApps.name, likePattern(search)),
          ilike(organizations.name, likePattern(search)),
          eq(connectedApps.clientId, search),
        )
      : undefined,
    after ? sql`(${BY_NAME}, ${liveEntries.id}) > (${after[0]}, ${after[1]}::uuid)` : undefined,
  )
  const found = await readEntries(db, input.rootOrganizationId, wanted, PAGE_ROWS + 1)
  const page = found.slice(0, PAGE_ROWS)
  const last = found.length > PAGE_ROWS ? page.at(-1) : undefined
  return {
    rows: page.map(({ byName: _, ...row }) => row),
    next: last ? writeCursor([last.byName, uuidOf(last.entryId)]) : null,
  }
}
