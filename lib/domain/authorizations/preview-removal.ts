import { and, eq, isNull } from 'drizzle-orm'
import { database } from '#db/client'
import { liveEntries } from '#db/schema/allowlist'
import { connectedApps } from '#db/schema/connected-apps'
import { installations } from '#db/schema/installations'
import { type Id, isId } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { findJwtsUntil } from '../connected-apps/find-jwts-until.ts'
import { countEffect } from '../installations/count-effect.ts'
import { type Effect, PREVIEW_COUNTED_MAX } from '../installations/schema.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot, type RootOrganization } from '../permissions/check-root.ts'
import { readLiveNumbers } from './live-numbers.ts'

export type RemovalPreview = Effect & {
  app: { id: Id<'app'>; name: string }
  organization: RootOrganization
  isBlocked: boolean
  /** It stays so when it is removed. */
  isFrozen: boolean
  /** Until when JWT access tokens that are out already may be accepted all the same. */
  jwtsUntil: Date | null
  /** Whether there is an entry that could be removed, too. */
  isListed: boolean
}

/** What removing an app for everyone would end at this moment: people, token families and tokens. Changes nothing. */
export async function previewRemoval(
  actor: Actor,
  { rootOrganizationId, appId }: { rootOrganizationId: Id<'organization'>; appId: Id<'app'> },
): Promise<RemovalPreview> {
  const db = database()
  const organization = await checkInRoot(db, actor, rootOrganizationId, 'authorizations.remove')
  const [row] = isId('app', appId)
    ? await db
        .select({
          installationId: installations.id,
          epoch: installations.epoch,
          blockedAt: installations.blockedAt,
          frozenAt: installations.frozenAt,
          entryId: liveEntries.id,
          app: { id: connectedApps.id, name: connectedApps.name },
        })
        .from(installations)
        .innerJoin(
          connectedApps,
          and(eq(connectedApps.id, installations.appId), isNull(connectedApps.endedAt)),
        )
        .leftJoin(
          liveEntries,
          and(
            eq(liveEntries.rootOrganizationId, installations.rootOrganizationId),
            eq(liveEntries.appId, installations.appId),
          ),
        )
        .where(and(eq(installations.rootOrganizationId, rootOrganizationId), eq(installations.appId, appId)))
    : []
  if (!row) throw new Refusal('not-found', 'There is no such app here.')
  const [effect, numbers, jwtsUntil] = await Promise.all([
    countEffect(db, row, PREVIEW_COUNTED_MAX),
    readLiveNumbers(db, [row.installationId]),
    findJwtsUntil(row),
  ])
  const { app, blockedAt, frozenAt, entryId } = row
  return {
    ...effect,
    people: numbers.get(row.installationId)?.people ?? 0,
    jwtsUntil,
    app,
    organization,
    isBlocked: blockedAt !== null,
    isFrozen: frozenAt !== null,
    isListed: entryId !== null,
  }
}
