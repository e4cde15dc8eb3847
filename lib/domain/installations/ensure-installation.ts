import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { installations } from '#db/schema/installations'
import { type Id, newId } from '../../base/ids.ts'

/** The root organization's installation of an app, made if there is none yet. Two who make it at once get the same one. */
export async function ensureInstallation(
  tx: Transaction,
  rootOrganizationId: Id<'organization'>,
  appId: Id<'app'>,
): Promise<Id<'installation'>> {
  const here = and(eq(installations.rootOrganizationId, rootOrganizationId), eq(installations.appId, appId))
  const find = () => tx.select({ id: installations.id }).from(installations).where(here)
  const [known] = await find()
  if (known) return known.id
  await tx
    .insert(installations)
    .values({ id: newId('installation'), rootOrganizationId, appId })
    .onConflictDoNothing({ target: [installations.rootOrganizationId, installations.appId] })
  const [made] = await find()
  if (!made) throw new Error('An installation vanished right after it was made.')
  return made.id
}
