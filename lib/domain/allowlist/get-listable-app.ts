import { and, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { approvalRequests, liveEntries } from '#db/schema/allowlist'
import { installations } from '#db/schema/installations'
import { COUNTED_MAX } from '../../base/bounded-count.ts'
import type { Id } from '../../base/ids.ts'
import { scopeSet } from '../../base/scope-set.ts'
import { describeScopes, type ScopeWords } from '../connected-apps/describe-scopes.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { findListableApp } from './find-listable-app.ts'
import { redirectHosts } from './redirect-hosts.ts'

export type ListableAppPage = {
  id: Id<'app'>
  name: string
  clientId: string
  publisher: string
  redirectHosts: string[]
  isDisabled: boolean
  isBlocked: boolean
  /** What it asks for today and is good here, the highest risk first. */
  scopes: ScopeWords[]
  /** People of the organization who use it now: up to 10,000; 10,001 stands for more. */
  people: number
  /** What its entry holds; null: it is not listed. */
  entryScopes: string[] | null
  /** What the people who wait for it asked for, all together. */
  asked: string[]
}

/**
 * An app by its client ID, for whoever is about to allowlist it: who publishes it, what it asks for, what it is listed
 * for already. Refuses an app that people of this organization could not authorize like one that does not exist.
 */
export async function getListableApp(
  actor: Actor,
  { rootOrganizationId, clientId }: { rootOrganizationId: Id<'organization'>; clientId: string },
): Promise<ListableAppPage> {
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'allowlist.change-entries')
  const app = await findListableApp(db, rootOrganizationId, { clientId: clientId.trim() }, 'clientId')
  const [entry] = await db
    .select({ scopes: liveEntries.scopes })
    .from(liveEntries)
    .where(and(eq(liveEntries.rootOrganizationId, rootOrganizationId), eq(liveEntries.appId, app.id)))
  const [installation] = await db
    .select({
      blockedAt: installations.blockedAt,
      people: sql<number>`(select least(coalesce(sum(s.people), 0), ${COUNTED_MAX + 1})::int
        from live_scope_sets s where s.installation_id = ${installations.id})`,
    })
    .from(installations)
    .where(and(eq(installations.rootOrganizationId, rootOrganizationId), eq(installations.appId, app.id)))
  const waiting = await db
    .select({ scopes: approvalRequests.scopes })
    .from(approvalRequests)
    .where(
      and(
        eq(approvalRequests.rootOrganizationId, rootOrganizationId),
        eq(approvalRequests.appId, app.id),
        isNull(approvalRequests.answeredAt),
        isNotNull(approvalRequests.requestedAt),
        gt(approvalRequests.expiresAt, sql`now()`),
      ),
    )
  return {
    id: app.id,
    name: app.name,
    clientId: app.clientId,
    publisher: app.publisher,
    redirectHosts: redirectHosts(app.redirectUris),
    isDisabled: app.disabledAt !== null,
    isBlocked: installation?.blockedAt != null,
    people: installation?.people ?? 0,
    scopes: await describeScopes(db, app.goodScopes),
    entryScopes: entry?.scopes ?? null,
    asked: scopeSet(...waiting.map((request) => request.scopes)),
  }
}
