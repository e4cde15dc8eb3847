import { and, desc, eq, gt, isNotNull, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { approvalRequests, liveEntries } from '#db/schema/allowlist'
import { connectedApps } from '#db/schema/connected-apps'
import { installations } from '#db/schema/installations'
import { organizations } from '#db/schema/organizations'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { type Id, uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import { scopesBeyond } from '../../base/scope-set.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { entryScopesFor } from './for-whom.ts'
import type { RequestAnswer } from './request-state.ts'
import { PAGE_ROWS } from './schema.ts'
import { whoAsks } from './who-asks.ts'

export type ListedRequest = {
  requestId: Id<'approvalRequest'>
  appId: Id<'app'>
  name: string
  publisher: string
  /** What is asked beyond the entry: all of it for an app that is not listed. */
  added: string[]
  isListed: boolean
  /** It is listed for a group, and somebody who asks is not in it: for them it is as if it were not. */
  isForOthers: boolean
  isBlocked: boolean
  /** How many people pressed Request; while it waits, of those who are still here. */
  requesters: number
  /** Null for one that was answered by its link before anybody pressed Request. */
  requestedAt: Date | null
  expiresAt: Date
  answer: {
    kind: RequestAnswer
    at: Date
    by: string | null
    /** Approved, but not for all that was asked. */
    isPartial: boolean
  } | null
}

/** Which requests: those that wait, those that somebody or a block answered, those that ended without an answer. */
export type RequestsShown = 'waiting' | 'answered' | 'expired'

type Input = {
  rootOrganizationId: Id<'organization'>
  state: RequestsShown
  /** A part of the app's or its publisher's name, the client ID, or the name of somebody who asked. */
  search?: string | undefined
  cursor?: Cursor
}

/**
 * Requests of a root organization, the newest first, a page at a time. Drafts are shown to nobody, unless somebody answered one by
 * its link, and requests of deleted apps do not count.
 */
export async function listRequests(
  actor: Actor,
  input: Input,
): Promise<{ rows: ListedRequest[]; next: Cursor }> {
  const db = database()
  await checkInRoot(db, actor, input.rootOrganizationId, 'allowlist.review')
  const after = readCursor(input.cursor, ['moment', 'uuid'])
  const { at, which } = SHOWN[input.state]
  const found = await db
    .select({
      requestId: approvalRequests.id,
      appId: connectedApps.id,
      name: connectedApps.name,
      publisher: organizations.name,
      scopes: approvalRequests.scopes,
      entryScopes: entryScopesFor(approvalRequests.id),
      hasEntry: sql<boolean>`${liveEntries.id} is not null`,
      isBlocked: sql<boolean>`${installations.blockedAt} is not null`,
      requesters: sql<number>`(select count(*)::int from (${whoAsks(approvalRequests.id)}) r)`,
      requestedAt: approvalRequests.requestedAt,
      expiresAt: approvalRequests.expiresAt,
      answer: approvalRequests.answer,
      approvedScopes: approvalRequests.approvedScopes,
      answeredAt: approvalRequests.answeredAt,
      answeredBy: sql<
        string | null
      >`(select u.full_name from users u where u.id = ${approvalRequests.answeredBy})`,
      // To the microsecond, which a Date would lose.
      at: sql<string>`${at}::text`,
    })
    .from(approvalRequests)
    .innerJoin(
      connectedApps,
      and(eq(connectedApps.id, approvalRequests.appId), isNull(connectedApps.endedAt)),
    )
    .innerJoin(organizations, eq(organizations.id, connectedApps.rootOrganizationId))
    .leftJoin(
      liveEntries,
      and(
        eq(liveEntries.rootOrganizationId, approvalRequests.rootOrganizationId),
        eq(liveEntries.appId, approvalRequests.appId),
      ),
    )
    .leftJoin(
      installations,
      and(
        eq(installations.rootOrganizationId, approvalRequests.rootOrganizationId),
        eq(installations.appId, approvalRequests.appId),
      ),
    )
    .where(
      and(
        eq(approvalRequests.rootOrganizationId, input.rootOrganizationId),
        which,
        input.search ? isFoundBy(likePattern(input.search)) : undefined,
        after
          ? sql`(${at}, ${approvalRequests.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(at), desc(approvalRequests.id))
    .limit(PAGE_ROWS + 1)
  const page = found.slice(0, PAGE_ROWS)
  const last = found.length > PAGE_ROWS ? page.at(-1) : undefined
  return {
    rows: page.map(
      ({ scopes, entryScopes, hasEntry, answer, approvedScopes, answeredAt, answeredBy, at: _, ...row }) => ({
        ...row,
        added: scopesBeyond(scopes, entryScopes ?? []),
        isListed: entryScopes !== null,
        isForOthers: hasEntry && entryScopes === null,
        answer:
          answer && answeredAt
            ? {
                kind: answer,
                at: answeredAt,
                by: answeredBy,
                isPartial: scopesBeyond(scopes, approvedScopes ?? scopes).length > 0,
              }
            : null,
      }),
    ),
    next: last ? writeCursor([last.at, uuidOf(last.requestId)]) : null,
  }
}

const now = sql`now()`

const isAsked = isNotNull(approvalRequests.requestedAt)

const SHOWN: Record<RequestsShown, { at: SQL; which: SQL | undefined }> = {
  waiting: {
    at: sql`${approvalRequests.requestedAt}`,
    which: and(isAsked, isNull(approvalRequests.answeredAt), gt(approvalRequests.expiresAt, now)),
  },
  answered: {
    at: sql`${approvalRequests.answeredAt}`,
    which: and(isNotNull(approvalRequests.answeredAt), ne(approvalRequests.answer, 'expired')),
  },
  // Also what the clock has not closed yet.
  expired: {
    at: sql`${approvalRequests.expiresAt}`,
    which: and(
      isAsked,
      or(
        eq(approvalRequests.answer, 'expired'),
        and(isNull(approvalRequests.answeredAt), lte(approvalRequests.expiresAt, now)),
      ),
    ),
  },
}

function isFoundBy(pattern: string): SQL {
  return sql`(${connectedApps.name} ilike ${pattern} or ${approvalRequests.appNameSeen} ilike ${pattern}
    or ${organizations.name} ilike ${pattern} or ${connectedApps.clientId} ilike ${pattern}
    or exists (select from (${whoAsks(approvalRequests.id)}) r join users u on u.id = r.user_id
      where u.full_name ilike ${pattern}))`
}
