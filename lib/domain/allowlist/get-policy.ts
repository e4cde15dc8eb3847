import { and, eq, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { allowlists, approvalRequests, liveEntries } from '#db/schema/allowlist'
import { connectedApps } from '#db/schema/connected-apps'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot, type RootOrganization } from '../permissions/check-root.ts'
import { isOpenRequest } from './is-open-request.ts'
import type { Mode } from './schema.ts'

export type Policy = {
  organization: RootOrganization
  mode: Mode
  internalAutoApproval: boolean
  version: number
  /** Null while nobody has changed anything: a new organization is unrestricted. */
  changed: { at: Date; by: string | null } | null
  entries: number
  /** Requests that wait for an answer. */
  waiting: number
}

/** The policy of a root organization, with how long its allowlist is and how many requests wait. */
export async function getPolicy(actor: Actor, rootOrganizationId: Id<'organization'>): Promise<Policy> {
  const db = database()
  const organization = await checkInRoot(db, actor, rootOrganizationId, 'allowlist.view')
  const [row] = await db
    .select({
      mode: allowlists.mode,
      internalAutoApproval: allowlists.internalAutoApproval,
      version: allowlists.version,
      at: allowlists.updatedAt,
      by: users.fullName,
    })
    .from(allowlists)
    .leftJoin(users, eq(users.id, allowlists.updatedBy))
    .where(eq(allowlists.rootOrganizationId, rootOrganizationId))
  const appStands = sql`exists (select from ${connectedApps} a where a.id = app_id and a.ended_at is null)`
  const entries = await db.$count(
    liveEntries,
    and(eq(liveEntries.rootOrganizationId, rootOrganizationId), appStands),
  )
  const waiting = await db.$count(
    approvalRequests,
    and(eq(approvalRequests.rootOrganizationId, rootOrganizationId), isOpenRequest, appStands),
  )
  const isChanged = row !== undefined && row.version > 1
  return {
    organization,
    mode: row?.mode ?? 'unrestricted',
    internalAutoApproval: row?.internalAutoApproval ?? true,
    version: row?.version ?? 1,
    changed: isChanged ? { at: row.at, by: row.by } : null,
    entries,
    waiting,
  }
}
