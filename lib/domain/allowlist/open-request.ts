import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { approvalRequests } from '#db/schema/allowlist'
import { connectedApps } from '#db/schema/connected-apps'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import { mayInRoot } from '../permissions/may-in-root.ts'
import { describeAnswer } from './describe-answer.ts'
import { isOpenTo } from './find-listable-app.ts'
import { shownVersion } from './shown-version.ts'

export type OpenedRequest = typeof approvalRequests.$inferSelect & {
  isExpired: boolean
  app: {
    id: Id<'app'>
    name: string
    publisher: string
    redirectUris: string[]
    version: number
    /** Whether people of the organization could use it: it may have become its publisher's own meanwhile. */
    isOpenHere: boolean
  }
}

/** Says the same of a request that is not there and of one that is not this person's to answer. */
export function unknownRequest(permission: Permission): Refusal {
  return permission === 'allowlist.request'
    ? new Refusal('not-found', 'There is no such request in your organization.')
    : new Refusal(
        'forbidden',
        'Only an administrator of the organization it was made in can answer a request.',
      )
}

/** The root organization of a request, if the actor may do this there; refuses unknown and forbidden alike. */
export async function findRequestRoot(
  tx: Database | Transaction,
  actor: Actor,
  requestId: Id<'approvalRequest'>,
  permission: Permission,
): Promise<Id<'organization'>> {
  const [row] = await tx
    .select({ rootOrganizationId: approvalRequests.rootOrganizationId })
    .from(approvalRequests)
    .where(eq(approvalRequests.id, requestId))
  if (!row || !(await mayInRoot(tx, actor, row.rootOrganizationId, permission)))
    throw unknownRequest(permission)
  return row.rootOrganizationId
}

/** The app that a request which is there is for: that never changes. */
export async function appOfRequest(tx: Transaction, requestId: Id<'approvalRequest'>): Promise<Id<'app'>> {
  const [row] = await tx
    .select({ appId: approvalRequests.appId })
    .from(approvalRequests)
    .where(eq(approvalRequests.id, requestId))
  if (!row) throw unknownRequest('allowlist.request')
  return row.appId
}

/**
 * Holds a request that is still open, its row locked until the transaction ends. Whoever answers it holds the allowlist
 * first. Refuses one that was answered (saying how and by whom), whose time is over, or whose app is gone.
 */
export async function openRequest(tx: Transaction, requestId: Id<'approvalRequest'>): Promise<OpenedRequest> {
  const request = await holdRequest(tx, requestId)
  if (request.answer) throw new Refusal('conflict', await describeAnswer(tx, request))
  if (request.isExpired) throw tooOld()
  return request
}

/** The same for one that was declined, or ended when its app was blocked, in order to let it wait again. */
export async function openEndedRequest(
  tx: Transaction,
  requestId: Id<'approvalRequest'>,
): Promise<OpenedRequest> {
  const request = await holdRequest(tx, requestId)
  if (request.answer !== 'declined' && request.answer !== 'blocked') {
    throw new Refusal(
      'conflict',
      request.answer ? await describeAnswer(tx, request) : 'This request waits already.',
    )
  }
  if (request.isExpired) throw tooOld()
  return request
}

const tooOld = () => new Refusal('expired', 'This request is too old. Ask again from the app.')

/** An app that has become its publisher's own lets in nobody here, whatever is approved. */
export function refuseClosed({ app }: OpenedRequest): void {
  if (app.isOpenHere) return
  throw new Refusal(
    'conflict',
    `${app.name} is open only to people of ${app.publisher} by now. Nobody here could use it.`,
  )
}

async function holdRequest(tx: Transaction, requestId: Id<'approvalRequest'>): Promise<OpenedRequest> {
  const [request] = await tx
    .select({
      ...getTableColumns(approvalRequests),
      isExpired: sql<boolean>`${approvalRequests.expiresAt} <= now()`,
      app: {
        id: connectedApps.id,
        name: connectedApps.name,
        publisher: sql<string>`(select p.name from organizations p where p.id = ${connectedApps.rootOrganizationId})`,
        redirectUris: connectedApps.redirectUris,
        version: shownVersion,
        isOpenHere: isOpenTo(approvalRequests.rootOrganizationId),
      },
    })
    .from(approvalRequests)
    .innerJoin(
      connectedApps,
      and(eq(connectedApps.id, approvalRequests.appId), isNull(connectedApps.endedAt)),
    )
    .where(eq(approvalRequests.id, requestId))
    .for('update', { of: approvalRequests })
  if (!request) throw new Refusal('expired', 'This request, or its app, is no longer there.')
  return request
}
