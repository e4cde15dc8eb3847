import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { BLOCKED_SHOWN_MAX } from './schema.ts'
import { blockedApps } from './wanted-blocked-apps.ts'

export type BlockedApp = {
  appId: Id<'app'>
  name: string
  clientId: string
  publisher: string
  isInternal: boolean
  blockedAt: Date
  blockedBy: string | null
}

type Found = Omit<BlockedApp, 'appId' | 'blockedAt'> & {
  installation: string
  app: string
  blockedAt: string
}

/**
 * The apps that are blocked in a root organization, the latest first, a page at a time: where a block is found again to be
 * lifted. How many there are, `countBlockedApps` says.
 */
export async function listBlockedApps(
  actor: Actor,
  input: { rootOrganizationId: Id<'organization'>; search?: string; cursor?: Cursor },
): Promise<{ rows: BlockedApp[]; next: Cursor }> {
  const { rootOrganizationId, search, cursor } = input
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'authorizations.list')
  const after = readCursor(cursor, ['moment', 'uuid'])
  // Nulls last, though there are none: the index serves no other order.
  const found = await db.execute<Found>(sql`
    select i.id as installation, c.id as app, c.name, c.client_id as "clientId", publisher.name as publisher,
      c.root_organization_id = ${uuidOf(rootOrganizationId)}::uuid as "isInternal",
      i.blocked_at::text as "blockedAt",
      (select u.full_name from users u where u.id = i.blocked_by) as "blockedBy"
    ${blockedApps(rootOrganizationId, search)}
      and ${after ? sql`(i.blocked_at, i.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`}
    order by i.blocked_at desc nulls last, i.id desc nulls last limit ${BLOCKED_SHOWN_MAX + 1}`)
  const shown = found.slice(0, BLOCKED_SHOWN_MAX)
  const last = found.length > BLOCKED_SHOWN_MAX ? shown.at(-1) : undefined
  return {
    rows: shown.map(({ installation: _, app, blockedAt, ...row }) => ({
      ...row,
      appId: idOf('app', app),
      blockedAt: new Date(blockedAt),
    })),
    next: last ? writeCursor([last.blockedAt, last.installation]) : null,
  }
}
