import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { refuseOwnGain } from './refuse-own-gain.ts'

/**
 * Refuses an app that cannot answer for an API of this root organization: one that is not its own, or that keeps no
 * secret to introspect with. No app names itself, nor one it registered: it would read tokens of others.
 */
export async function checkResourceServer(
  tx: Transaction,
  actor: Actor,
  rootOrganizationId: Id<'organization'>,
  appId: Id<'app'> | null,
): Promise<void> {
  if (appId === null) return
  const [app] = await tx
    .select({ clientType: connectedApps.clientType })
    .from(connectedApps)
    .where(
      and(
        eq(connectedApps.id, appId),
        eq(connectedApps.rootOrganizationId, rootOrganizationId),
        isNull(connectedApps.endedAt),
      ),
    )
  const problem = !app
    ? 'There is no such app in this organization.'
    : app.clientType !== 'server'
      ? 'Only an app that can keep a secret may introspect.'
      : null
  if (problem) throw new Refusal('invalid', problem, { resourceServerAppId: problem })
  await refuseOwnGain(tx, actor, appId)
}
