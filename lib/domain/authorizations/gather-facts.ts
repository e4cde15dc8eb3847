import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { allowlists, liveEntries } from '#db/schema/allowlist'
import { liveAuthorizations } from '#db/schema/authorizations'
import { connectedApps } from '#db/schema/connected-apps'
import { installations } from '#db/schema/installations'
import { memberships, organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { type Id, uuidOf } from '../../base/ids.ts'
import { isForPerson } from '../allowlist/for-whom.ts'
import { goodScopes } from '../connected-apps/good-scopes.ts'
import type { AuthorizationFacts } from './rules.ts'

/** One person's wish to let one app act for them in one root organization, for these scopes. */
export type Wish = {
  userId: Id<'user'>
  appId: Id<'app'>
  rootOrganizationId: Id<'organization'>
  scopes: readonly string[]
  /** Where they come from; null: nobody knows, and an app that is held to its networks is not for them. */
  address: string | null
}

/**
 * Reads, in one statement and so at one moment, all that bears on a wish. Null: there is no such app or no such root
 * organization. Locks nothing: who records a yes holds the locks of `openConsent` first.
 */
export async function gatherFacts(
  tx: Database | Transaction,
  { userId, appId, rootOrganizationId, scopes, address }: Wish,
): Promise<AuthorizationFacts | null> {
  const [row] = await tx
    .select({
      app: {
        isAvailable: sql<boolean>`${connectedApps.endedAt} is null and ${connectedApps.disabledAt} is null and ${connectedApps.actsAs} = 'user'`,
        rootOrganizationId: connectedApps.rootOrganizationId,
        audience: connectedApps.audience,
        // What is void in this organization is nothing the app can ask for here.
        scopes: goodScopes({
          scopes: connectedApps.scopes,
          appRoot: connectedApps.rootOrganizationId,
          root: organizations.id,
        }),
      },
      isActiveMember: sql<boolean>`${memberships.id} is not null and ${organizations.suspendedAt} is null and ${organizations.endedAt} is null`,
      isBlocked: sql<boolean>`${installations.blockedAt} is not null`,
      isFrozen: sql<boolean>`${installations.frozenAt} is not null`,
      networkMode: installations.networkMode,
      networks: installations.networks,
      mode: allowlists.mode,
      internalAutoApproval: allowlists.internalAutoApproval,
      grantsApprovedOnly: allowlists.grantsApprovedOnly,
      entryId: liveEntries.id,
      entryScopes: liveEntries.scopes,
      authorizationId: liveAuthorizations.id,
      authorizationScopes: liveAuthorizations.scopes,
    })
    .from(connectedApps)
    .innerJoin(organizations, and(eq(organizations.id, rootOrganizationId), isNull(organizations.parentId)))
    .leftJoin(users, and(eq(users.id, userId), isNull(users.endedAt), isNull(users.deactivatedAt)))
    .leftJoin(
      memberships,
      and(
        eq(memberships.userId, users.id),
        eq(memberships.organizationId, organizations.id),
        isNull(memberships.endedAt),
      ),
    )
    .leftJoin(allowlists, eq(allowlists.rootOrganizationId, organizations.id))
    .leftJoin(
      installations,
      and(eq(installations.rootOrganizationId, organizations.id), eq(installations.appId, connectedApps.id)),
    )
    .leftJoin(
      liveEntries,
      and(
        eq(liveEntries.rootOrganizationId, organizations.id),
        eq(liveEntries.appId, connectedApps.id),
        isForPerson(liveEntries.groupId, sql`${uuidOf(userId)}::uuid`),
      ),
    )
    .leftJoin(
      liveAuthorizations,
      and(eq(liveAuthorizations.installationId, installations.id), eq(liveAuthorizations.userId, users.id)),
    )
    .where(eq(connectedApps.id, appId))
  if (!row) return null
  const {
    networkMode,
    networks,
    mode,
    internalAutoApproval,
    grantsApprovedOnly,
    entryId,
    entryScopes,
    authorizationId,
    authorizationScopes,
    ...facts
  } = row
  return {
    ...facts,
    rootOrganizationId,
    asked: scopes,
    networks: { mode: networkMode ?? 'off', networks: networks ?? [] },
    address,
    // No row yet: nothing has been said, so the policy is what a new organization has.
    policy: {
      mode: mode ?? 'unrestricted',
      internalAutoApproval: internalAutoApproval ?? true,
      grantsApprovedOnly: grantsApprovedOnly ?? false,
    },
    entry: entryId ? { entryId, scopes: entryScopes ?? [] } : null,
    live: authorizationId ? { authorizationId, scopes: authorizationScopes ?? [] } : null,
  }
}
