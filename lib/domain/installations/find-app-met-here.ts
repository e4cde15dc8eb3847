import { and, eq, isNull } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { installations } from '#db/schema/installations'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'

export type AppMetHere = { id: Id<'app'>; name: string; clientId: string }

/**
 * The app, where people of this root organization could meet it; refused as absent where not: an app of another organization for
 * that organization alone is not here.
 */
export async function findAppMetHere(
  tx: Database | Transaction,
  rootOrganizationId: Id<'organization'>,
  appId: Id<'app'>,
): Promise<AppMetHere> {
  const [app] = await tx
    .select({
      id: connectedApps.id,
      name: connectedApps.name,
      clientId: connectedApps.clientId,
      audience: connectedApps.audience,
      ownerRootId: connectedApps.rootOrganizationId,
      installationId: installations.id,
    })
    .from(connectedApps)
    .leftJoin(
      installations,
      and(
        eq(installations.appId, connectedApps.id),
        eq(installations.rootOrganizationId, rootOrganizationId),
      ),
    )
    .where(and(eq(connectedApps.id, appId), isNull(connectedApps.endedAt)))
  const isMetHere =
    app && (app.audience === 'everyone' || app.ownerRootId === rootOrganizationId || app.installationId)
  if (!isMetHere) throw new Refusal('not-found', 'There is no such app here.')
  return { id: app.id, name: app.name, clientId: app.clientId }
}
