import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { installations } from '#db/schema/installations'
import type { Id } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { ensureInstallation } from './ensure-installation.ts'
import { type AppMetHere, findAppMetHere } from './find-app-met-here.ts'

export type Installation = typeof installations.$inferSelect & {
  app: AppMetHere
}

/**
 * The only way to hold an installation in order to change it: checks the permission in the root organization, finds
 * the app among those its people could meet, and locks the row, making it if this is the first word about the app.
 * Consents that are being recorded finish first; later ones wait for the outcome.
 */
export async function openInstallation(
  tx: Transaction,
  actor: Actor,
  { rootOrganizationId, appId }: { rootOrganizationId: Id<'organization'>; appId: Id<'app'> },
  permission: Permission,
): Promise<Installation> {
  await checkInRoot(tx, actor, rootOrganizationId, permission)
  const app = await findAppMetHere(tx, rootOrganizationId, appId)
  const id = await ensureInstallation(tx, rootOrganizationId, appId)
  const [row] = await tx.select().from(installations).where(eq(installations.id, id)).for('update')
  if (!row) throw new Error('An installation is never deleted.')
  return { ...row, app }
}
