import { and, eq, isNull } from 'drizzle-orm'
import { database } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { installations } from '#db/schema/installations'
import { type Id, isId } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { countEffect } from '../installations/count-effect.ts'
import { type Effect, PREVIEW_COUNTED_MAX } from '../installations/schema.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'

/** Tokens that could still be used, and the families they are in; where it is not exact, at least so many. */
export type TokensOfApp = Omit<Effect, 'people'>

/**
 * How many tokens of an app could be used at this moment, and in how many families they are: of `PREVIEW_COUNTED_MAX` people, beyond which
 * there are at least so many. Asked beside the app's details, because it takes longer the more people there are. Refuses an app nobody
 * here ever authorized as absent.
 */
export async function countTokensOfApp(
  actor: Actor,
  { rootOrganizationId, appId }: { rootOrganizationId: Id<'organization'>; appId: Id<'app'> },
): Promise<TokensOfApp> {
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'authorizations.list')
  const [installation] = isId('app', appId)
    ? await db
        .select({ installationId: installations.id, epoch: installations.epoch })
        .from(installations)
        .innerJoin(
          connectedApps,
          and(eq(connectedApps.id, installations.appId), isNull(connectedApps.endedAt)),
        )
        .where(and(eq(installations.rootOrganizationId, rootOrganizationId), eq(installations.appId, appId)))
    : []
  if (!installation) throw new Refusal('not-found', 'There is no such app here.')
  const { people: _, ...counted } = await countEffect(db, installation, PREVIEW_COUNTED_MAX)
  return counted
}
