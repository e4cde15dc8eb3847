import { and, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { database } from '#db/client'
import { allowlists, approvalRequests, liveEntries } from '#db/schema/allowlist'
import { connectedApps } from '#db/schema/connected-apps'
import { installations } from '#db/schema/installations'
import { organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { type Id, isId } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { describeScopes, highestRisk, type ScopeWords } from '../connected-apps/describe-scopes.ts'
import type { RiskClass } from '../connected-apps/scopes.ts'
import type { NetworkLimit } from '../installations/network-limit.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { whileChecking } from '../permissions/while-checking.ts'
import { type Listing, listingOf } from './listing.ts'
import { readLiveNumbersOfApp } from './live-numbers.ts'

/** Its facts, and how many people use it. */
export type AuthorizedApp = {
  app: {
    id: Id<'app'>
    name: string
    clientId: string
    description: string
    website: string | null
    publisher: string
    isInternal: boolean
    /** Who is responsible for it; null for an app of another organization, whose people nobody here is shown. */
    owner: string | null
    isDisabled: boolean
  }
  isFrozen: boolean
  isBlocked: boolean
  /** From where it may be used here. */
  networks: NetworkLimit
  listing: Listing
  /** How the app came to the allowlist; null where it has no entry. `by` is null where an app or the switch wrote it. */
  entry: {
    scopes: string[]
    origin: 'seeded' | 'request' | 'administrator'
    since: Date
    by: string | null
  } | null
  /** What live authorizations hold, all together, the highest risk first. */
  scopes: ScopeWords[]
  risk: RiskClass
  /** When somebody here authorized it for the first time; null: nobody did. */
  firstUsedAt: Date | null
  lastUsedAt: Date | null
  /** Exact up to 10,000; 10,001 stands for more. */
  people: number
}

/**
 * What "Show details" says of an app: its facts, what it can do, how many people, first and last use. Also of one that runs no
 * more but is known here (removed, blocked). `countTokensOfApp` counts its tokens. Refuses an app nobody here ever authorized as absent.
 */
export async function getAuthorizedApp(actor: Actor, named: Named): Promise<AuthorizedApp> {
  const checking = checkInRoot(database(), actor, named.rootOrganizationId, 'authorizations.list')
  return whileChecking(checking, read(named))
}

type Named = { rootOrganizationId: Id<'organization'>; appId: Id<'app'> }

async function read({ rootOrganizationId, appId }: Named): Promise<AuthorizedApp> {
  if (!isId('organization', rootOrganizationId) || !isId('app', appId)) throw absent()
  const [[row], { people, scopes }, waiting] = await Promise.all([
    find(rootOrganizationId, appId),
    describeHeld({ rootOrganizationId, appId }),
    listWaiting(rootOrganizationId, appId),
  ])
  if (!row) throw absent()
  const isInternal = row.ownerRootId === rootOrganizationId
  return {
    app: {
      ...row.app,
      isInternal,
      owner: isInternal ? row.owner : null,
      isDisabled: row.disabledAt !== null,
    },
    isFrozen: row.frozenAt !== null,
    isBlocked: row.blockedAt !== null,
    networks: row.networks,
    listing: listingOf({
      isInternal,
      mode: row.mode ?? 'unrestricted',
      internalAutoApproval: row.internalAutoApproval ?? true,
      entryScopes: row.entry?.scopes ?? null,
      waiting,
    }),
    entry: row.entry && { ...row.entry, by: row.listedBy },
    scopes,
    risk: highestRisk(scopes),
    people,
    firstUsedAt: row.firstUsedAt,
    lastUsedAt: row.lastUsedAt,
  }
}

const absent = () => new Refusal('not-found', 'There is no such app here.')

/** How many people hold what. */
async function describeHeld(named: Named) {
  const { people, scopes } = await readLiveNumbersOfApp(database(), named)
  return { people, scopes: await describeScopes(database(), scopes) }
}

function find(rootOrganizationId: Id<'organization'>, appId: Id<'app'>) {
  const owner = alias(users, 'owner')
  const lister = alias(users, 'lister')
  return database()
    .select({
      app: {
        id: connectedApps.id,
        name: connectedApps.name,
        clientId: connectedApps.clientId,
        description: connectedApps.description,
        website: connectedApps.website,
        publisher: organizations.name,
      },
      ownerRootId: connectedApps.rootOrganizationId,
      disabledAt: connectedApps.disabledAt,
      frozenAt: installations.frozenAt,
      blockedAt: installations.blockedAt,
      networks: { mode: installations.networkMode, networks: installations.networks },
      firstUsedAt: installations.firstAuthorizedAt,
      lastUsedAt: installations.lastUsedAt,
      mode: allowlists.mode,
      internalAutoApproval: allowlists.internalAutoApproval,
      entry: {
        scopes: liveEntries.scopes,
        origin: liveEntries.origin,
        since: liveEntries.createdAt,
      },
      listedBy: lister.fullName,
      owner: owner.fullName,
    })
    .from(installations)
    .innerJoin(connectedApps, and(eq(connectedApps.id, installations.appId), isNull(connectedApps.endedAt)))
    .innerJoin(organizations, eq(organizations.id, connectedApps.rootOrganizationId))
    .innerJoin(owner, eq(owner.id, connectedApps.ownerId))
    .leftJoin(allowlists, eq(allowlists.rootOrganizationId, installations.rootOrganizationId))
    .leftJoin(
      liveEntries,
      and(
        eq(liveEntries.rootOrganizationId, installations.rootOrganizationId),
        eq(liveEntries.appId, installations.appId),
      ),
    )
    .leftJoin(lister, eq(lister.id, liveEntries.createdBy))
    .where(and(eq(installations.rootOrganizationId, rootOrganizationId), eq(installations.appId, appId)))
}

async function listWaiting(rootOrganizationId: Id<'organization'>, appId: Id<'app'>): Promise<string[][]> {
  const rows = await database()
    .select({ scopes: approvalRequests.scopes })
    .from(approvalRequests)
    .where(
      and(
        eq(approvalRequests.rootOrganizationId, rootOrganizationId),
        eq(approvalRequests.appId, appId),
        isNull(approvalRequests.answeredAt),
        isNotNull(approvalRequests.requestedAt),
        gt(approvalRequests.expiresAt, sql`now()`),
      ),
    )
  return rows.map((row) => row.scopes)
}
