import { and, eq, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { approvalRequesters, approvalRequests, liveEntries } from '#db/schema/allowlist'
import { connectedApps } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import { open } from '../../base/encryption.ts'
import { type Id, isId } from '../../base/ids.ts'
import { scopesBeyond } from '../../base/scope-set.ts'
import type { UserActor } from '../permissions/actor.ts'
import { isForPerson } from './for-whom.ts'
import { needsNoEntry } from './needs-no-entry.ts'
import { findRequestRoot, unknownRequest } from './open-request.ts'
import { type RequestState, requestState } from './request-state.ts'
import { requesterOf } from './requester-of.ts'

export type WayOn = {
  state: RequestState
  organization: { id: Id<'organization'>; name: string }
  app: {
    id: Id<'app'>
    name: string
    publisher: string
    website: string | null
    initiateLoginUri: string | null
  }
  /** Why it was declined. */
  reason: string | null
  /** Approved, and the allowlist holds a part of what was asked, for this person. */
  isPartial: boolean
  /** Approved, and nothing of it is on the allowlist any more, for this person, who could not go on without. */
  isOver: boolean
  /** The request of the app that they were stopped in, while it is kept. */
  interaction: string | null
}

/**
 * What became of a request, for one of those who asked, and how they go on with the app: what a mailed answer leads to.
 * Whoever did not ask is refused as if there were no such request.
 */
export async function getWayOn(actor: UserActor, requestId: Id<'approvalRequest'>): Promise<WayOn> {
  const db = database()
  if (!isId('approvalRequest', requestId)) throw unknownRequest('allowlist.request')
  await findRequestRoot(db, actor, requestId, 'allowlist.request')
  const [row] = await db
    .select({
      request: approvalRequests,
      isExpired: sql<boolean>`${approvalRequests.expiresAt} <= now()`,
      app: connectedApps,
      publisher: sql<string>`(select o.name from organizations o where o.id = ${connectedApps.rootOrganizationId})`,
      organization: { id: organizations.id, name: organizations.name },
      // What holds for this person: others who asked may be outside its group.
      entryScopes: sql<
        string[] | null
      >`case when ${isForPerson(liveEntries.groupId, approvalRequesters.userId)} then ${liveEntries.scopes} end`,
      isFree: needsNoEntry(connectedApps.rootOrganizationId, approvalRequests.rootOrganizationId),
      sealedInteraction: approvalRequesters.sealedInteraction,
    })
    .from(approvalRequests)
    .innerJoin(
      approvalRequesters,
      and(eq(approvalRequesters.requestId, approvalRequests.id), eq(approvalRequesters.userId, actor.userId)),
    )
    .innerJoin(connectedApps, eq(connectedApps.id, approvalRequests.appId))
    .innerJoin(organizations, eq(organizations.id, approvalRequests.rootOrganizationId))
    .leftJoin(
      liveEntries,
      and(
        eq(liveEntries.rootOrganizationId, approvalRequests.rootOrganizationId),
        eq(liveEntries.appId, approvalRequests.appId),
      ),
    )
    .where(eq(approvalRequests.id, requestId))
  if (!row) throw unknownRequest('allowlist.request')
  const { request, app, entryScopes, sealedInteraction } = row
  const isApproved = request.answer === 'approved' && !row.isFree
  const missing = scopesBeyond(request.scopes, entryScopes ?? []).length
  const { id, name, website, initiateLoginUri } = app
  return {
    state: requestState({ ...request, ...row, app: { ...app, publisher: row.publisher } }),
    organization: row.organization,
    app: { id, name, publisher: row.publisher, website, initiateLoginUri },
    reason: request.answer === 'declined' ? request.answerReason : null,
    isPartial: isApproved && missing > 0 && missing < request.scopes.length,
    isOver: isApproved && missing === request.scopes.length,
    interaction:
      sealedInteraction && openInteraction(sealedInteraction, requesterOf(requestId, actor.userId)),
  }
}

/** Null if it does not open, as after a change of SECRET_KEY: the rest of the way on is there all the same. */
function openInteraction(sealed: Buffer, about: string): string | null {
  try {
    return open(sealed, about).toString()
  } catch {
    return null
  }
}
