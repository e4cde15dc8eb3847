import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { type Id, idOf, isId, uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { type FoundHead, headOfRemoval, type RemovalHead, readHead } from './removal-head.ts'
import { REMOVALS_SHOWN_MAX, type RemovalKind } from './schema.ts'

export type ListedRemoval = RemovalHead & {
  removalId: Id<'removal'>
  kind: RemovalKind
  removedAt: Date
  removedBy: string
  isBlocked: boolean
  isCounted: boolean
  apps: number
  authorizations: number
  tokens: number
}

type Found = Omit<ListedRemoval, keyof RemovalHead | 'removalId' | 'removedAt'> & {
  id: string
  removedAt: string
  head: FoundHead
}

/** The receipts of a root organization, the latest first: all of them, or those with something of one app. */
export async function listRemovals(
  actor: Actor,
  input: { rootOrganizationId: Id<'organization'>; appId?: Id<'app'>; cursor?: Cursor },
): Promise<{ rows: ListedRemoval[]; next: Cursor }> {
  const { rootOrganizationId, appId } = input
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'authorizations.list')
  if (appId !== undefined && !isId('app', appId)) throw new Refusal('not-found', 'There is no such app here.')
  const after = readCursor(input.cursor, ['uuid'])
  const found = await db.execute<Found>(sql`
    select r.id, r.kind, r.removed_at::text as "removedAt", r.removed_by_name as "removedBy",
      ${headOfRemoval},
      r.is_blocked as "isBlocked", r.counted_at is not null as "isCounted", r.apps, r.authorizations, r.tokens
    from removals r
    where r.root_organization_id = ${uuidOf(rootOrganizationId)}::uuid
      and ${after ? sql`r.id < ${after[0]}::uuid` : sql`true`}
      and ${
        appId
          ? sql`r.id in (
              select p.removal_id from removal_parts p join installations i on i.id = p.installation_id
              where i.app_id = ${uuidOf(appId)}::uuid
                and i.root_organization_id = ${uuidOf(rootOrganizationId)}::uuid)`
          : sql`true`
      }
    order by r.id desc limit ${REMOVALS_SHOWN_MAX + 1}`)
  const shown = found.slice(0, REMOVALS_SHOWN_MAX)
  const last = found.length > REMOVALS_SHOWN_MAX ? shown.at(-1) : undefined
  return {
    rows: shown.map(({ id, removedAt, head, ...row }) => ({
      ...row,
      ...readHead(head),
      removalId: idOf('removal', id),
      removedAt: new Date(removedAt),
    })),
    next: last ? writeCursor([last.id]) : null,
  }
}
