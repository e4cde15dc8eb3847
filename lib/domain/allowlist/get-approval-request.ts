import { and, asc, eq, sql } from 'drizzle-orm'
import { type Database, database } from '#db/client'
import { approvalRequesters, approvalRequests, liveEntries } from '#db/schema/allowlist'
import { liveAuthorizations } from '#db/schema/authorizations'
import { connectedApps } from '#db/schema/connected-apps'
import { installations } from '#db/schema/installations'
import { organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { COUNTED_MAX } from '../../base/bounded-count.ts'
import { type Id, isId } from '../../base/ids.ts'
import { scopesBeyond } from '../../base/scope-set.ts'
import { describeScopes, type ScopeWords } from '../connected-apps/describe-scopes.ts'
import type { Actor } from '../permissions/actor.ts'
import { isOpenTo } from './find-listable-app.ts'
import { entryScopesFor, outsidersOf } from './for-whom.ts'
import { findListedBecause, type ListedBecause } from './listed-because.ts'
import { findRequestRoot, unknownRequest } from './open-request.ts'
import { redirectHosts } from './redirect-hosts.ts'
import { changedSince, type RequestChange, type RequestState, requestState } from './request-state.ts'
import { shownVersion } from './shown-version.ts'
import { whoAsks } from './who-asks.ts'

/** As many as an administrator reads; the number says how many there are. */
const REQUESTERS_SHOWN_MAX = 50

export type ApprovalRequestPage = {
  id: Id<'approvalRequest'>
  state: RequestState
  organization: { id: Id<'organization'>; name: string }
  app: {
    id: Id<'app'>
    name: string
    clientId: string
    publisher: string
    website: string | null
    redirectHosts: string[]
    isInternal: boolean
    isDisabled: boolean
    /** Whether people of the organization could use it: it may have become its publisher's own meanwhile. */
    isOpenHere: boolean
    /** Hand it to the approval: it is refused if the app, or its publisher, was changed meanwhile. */
    version: number
  }
  isBlocked: boolean
  /** What is asked beyond the entry, and what of it the entry holds already; the highest risk first. */
  added: ScopeWords[]
  listed: ScopeWords[]
  entry: {
    since: Date
    by: string | null
    endsAt: Date | null
    group: { id: Id<'group'>; name: string } | null
    /** How many of those who ask are not in that group: for them it is as if there were no entry. */
    outsiders: number
  } | null
  /** What of the app is no longer what people saw when they were blocked. */
  changes: RequestChange[]
  seen: { name: string; publisher: string; redirectHosts: string[] }
  requesters: { userId: Id<'user'>; name: string; reason: string; requestedAt: Date }[]
  requestersCount: number
  /** People of the organization who use the app now: up to 10,000; 10,001 stands for more. */
  people: number
  /** Since when the organization knows the app. */
  knownSince: Date | null
  createdAt: Date
  requestedAt: Date | null
  expiresAt: Date
  answer: {
    at: Date
    by: string | null
    /** Why it is over where nobody answered it by itself: what they did instead, or nothing that anybody did. */
    because: ListedBecause | null
    reason: string | null
    /** What of it was allowed, and what was not; of an approved one. */
    approved: ScopeWords[]
    refused: ScopeWords[]
  } | null
}

/**
 * A request as the administrator sees it who follows its link: reading changes nothing. Whoever may not answer it, and
 * whoever asks for one that is not there, is refused alike.
 */
export async function getApprovalRequest(
  actor: Actor,
  requestId: Id<'approvalRequest'>,
): Promise<ApprovalRequestPage> {
  const db = database()
  if (!isId('approvalRequest', requestId)) throw unknownRequest('allowlist.approve')
  await findRequestRoot(db, actor, requestId, 'allowlist.approve')
  const row = await readRequest(db, requestId)
  // What the entry itself holds, also where somebody who asks is outside its group: whoever opens it lets them have that, too.
  const added = scopesBeyond(row.scopes, row.heldScopes ?? [])
  const approved = row.answer === 'approved' ? (row.approvedScopes ?? row.scopes) : []
  const people = await countPeople(db, row.installationId)
  return {
    id: row.id,
    state: requestState(row),
    organization: row.organization,
    app: {
      id: row.app.id,
      name: row.app.name,
      clientId: row.app.clientId,
      publisher: row.app.publisher,
      website: row.app.website,
      redirectHosts: redirectHosts(row.app.redirectUris),
      isInternal: row.app.rootOrganizationId === row.organization.id,
      isDisabled: row.app.disabledAt !== null,
      isOpenHere: row.app.isOpenHere,
      version: row.app.version,
    },
    isBlocked: row.blockedAt !== null,
    added: await describeScopes(db, added),
    listed: await describeScopes(db, scopesBeyond(row.scopes, added)),
    entry: entryOf(row),
    changes: changedSince(row),
    seen: { name: row.appNameSeen, publisher: row.publisherSeen, redirectHosts: row.redirectHostsSeen },
    requesters: await listRequesters(db, requestId),
    requestersCount: row.requestersCount,
    people,
    knownSince: people > 0 ? row.knownSince : null,
    createdAt: row.createdAt,
    requestedAt: row.requestedAt,
    expiresAt: row.expiresAt,
    answer: row.answeredAt
      ? {
          at: row.answeredAt,
          by: row.answeredBy,
          because:
            row.answer === 'approved'
              ? await findListedBecause(db, {
                  requestId,
                  rootOrganizationId: row.organization.id,
                  appId: row.app.id,
                  answeredAt: row.answeredAt,
                })
              : null,
          reason: row.answerReason,
          approved: await describeScopes(db, approved),
          refused: await describeScopes(db, scopesBeyond(row.scopes, approved)),
        }
      : null,
  }
}

function entryOf(row: Awaited<ReturnType<typeof readRequest>>): ApprovalRequestPage['entry'] {
  if (!row.entrySince) return null
  const group = row.entryGroupId ? { id: row.entryGroupId, name: row.entryGroup ?? '' } : null
  const { entrySince: since, entryBy: by, entryEndsAt: endsAt, outsiders } = row
  return { since, by, endsAt, group, outsiders }
}

async function readRequest(db: Database, requestId: Id<'approvalRequest'>) {
  const [row] = await db
    .select({
      id: approvalRequests.id,
      scopes: approvalRequests.scopes,
      appNameSeen: approvalRequests.appNameSeen,
      publisherSeen: approvalRequests.publisherSeen,
      redirectHostsSeen: approvalRequests.redirectHostsSeen,
      createdAt: approvalRequests.createdAt,
      requestedAt: approvalRequests.requestedAt,
      expiresAt: approvalRequests.expiresAt,
      isExpired: sql<boolean>`${approvalRequests.expiresAt} <= now()`,
      answer: approvalRequests.answer,
      answeredAt: approvalRequests.answeredAt,
      answeredBy: sql<
        string | null
      >`(select u.full_name from users u where u.id = ${approvalRequests.answeredBy})`,
      answerReason: approvalRequests.answerReason,
      approvedScopes: approvalRequests.approvedScopes,
      organization: { id: organizations.id, name: organizations.name },
      app: {
        id: connectedApps.id,
        name: connectedApps.name,
        clientId: connectedApps.clientId,
        publisher: sql<string>`(select o.name from organizations o where o.id = ${connectedApps.rootOrganizationId})`,
        website: connectedApps.website,
        redirectUris: connectedApps.redirectUris,
        rootOrganizationId: connectedApps.rootOrganizationId,
        scopes: connectedApps.scopes,
        version: shownVersion,
        isOpenHere: isOpenTo(approvalRequests.rootOrganizationId),
        disabledAt: connectedApps.disabledAt,
        endedAt: connectedApps.endedAt,
      },
      entryScopes: entryScopesFor(approvalRequests.id),
      heldScopes: liveEntries.scopes,
      entrySince: liveEntries.createdAt,
      entryEndsAt: liveEntries.endsAt,
      entryGroupId: liveEntries.groupId,
      entryGroup: sql<string | null>`(select g.name from groups g where g.id = ${liveEntries.groupId})`,
      requestersCount: sql<number>`(select count(*)::int from (${whoAsks(approvalRequests.id)}) r)`,
      outsiders: sql<number>`(select count(*)::int from (${outsidersOf(liveEntries.groupId, approvalRequests.id)}) o)`,
      entryBy: sql<string | null>`(select u.full_name from users u where u.id = ${liveEntries.createdBy})`,
      installationId: installations.id,
      knownSince: installations.firstAuthorizedAt,
      blockedAt: installations.blockedAt,
    })
    .from(approvalRequests)
    .innerJoin(organizations, eq(organizations.id, approvalRequests.rootOrganizationId))
    .innerJoin(connectedApps, eq(connectedApps.id, approvalRequests.appId))
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
    .where(eq(approvalRequests.id, requestId))
  if (!row) throw unknownRequest('allowlist.approve')
  return row
}

function listRequesters(db: Database, requestId: Id<'approvalRequest'>) {
  return db
    .select({
      userId: users.id,
      name: users.fullName,
      reason: approvalRequesters.reason,
      requestedAt: approvalRequesters.requestedAt,
    })
    .from(approvalRequesters)
    .innerJoin(users, eq(users.id, approvalRequesters.userId))
    .where(
      and(
        eq(approvalRequesters.requestId, requestId),
        sql`${users.id} in (select user_id from (${whoAsks(approvalRequesters.requestId)}) r)`,
      ),
    )
    .orderBy(asc(approvalRequesters.requestedAt), asc(users.id))
    .limit(REQUESTERS_SHOWN_MAX)
}

async function countPeople(db: Database, installationId: Id<'installation'> | null): Promise<number> {
  if (!installationId) return 0
  const people = db
    .select({ userId: liveAuthorizations.userId })
    .from(liveAuthorizations)
    .where(eq(liveAuthorizations.installationId, installationId))
    .limit(COUNTED_MAX + 1)
    .as('people')
  return db.$count(people)
}
