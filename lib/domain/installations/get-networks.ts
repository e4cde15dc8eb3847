import { and, eq } from 'drizzle-orm'
import { database } from '#db/client'
import { installations } from '#db/schema/installations'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { findAppMetHere } from './find-app-met-here.ts'
import { FROM_ANYWHERE, type NetworkLimit } from './network-limit.ts'
import { type InstallationOf, installationOfSchema } from './schema.ts'

export type Networks = NetworkLimit & {
  /** Given back with a save. */
  version: number
  /** Where whoever asks comes from: most who limit an app mean to let themselves in. */
  ownAddress: string | null
}

/** From where an app may be used in a root organization. Of an app that people there could not meet: refused as absent. */
export async function getNetworks(actor: Actor, input: InstallationOf): Promise<Networks> {
  const { rootOrganizationId, appId } = parse(installationOfSchema, input)
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'authorizations.list')
  await findAppMetHere(db, rootOrganizationId, appId)
  const [limit] = await db
    .select({
      mode: installations.networkMode,
      networks: installations.networks,
      version: installations.networksVersion,
    })
    .from(installations)
    .where(and(eq(installations.rootOrganizationId, rootOrganizationId), eq(installations.appId, appId)))
  return { ...(limit ?? { ...FROM_ANYWHERE, version: 0 }), ownAddress: actor.ip ?? null }
}
