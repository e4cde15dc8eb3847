import { and, eq } from 'drizzle-orm'
import { transaction } from '#db/client'
import { events } from '#db/schema/audit'
import { installations } from '#db/schema/installations'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { refuseOvertakenSave } from '../audit/refuse-overtaken-save.ts'
import { refuseOwnGain } from '../connected-apps/refuse-own-gain.ts'
import type { Actor } from '../permissions/actor.ts'
import { type Installation, openInstallation } from './open-installation.ts'
import { type SetNetworksInput, setNetworksSchema } from './schema.ts'

/**
 * Says from which networks an app may be used in one root organization: by its people's browsers and by the app itself.
 * Whoever comes from elsewhere is refused at the next request: to authorize it, for a token, for a refresh unless the mode
 * lets that pass, and at our own APIs. Nothing ends. Refuses a mode that enforces networks where none are given, a save over somebody's
 * newer one, and an app's token that would change its own limit.
 */
export async function setNetworks(actor: Actor, input: SetNetworksInput): Promise<{ version: number }> {
  const { rootOrganizationId, appId, version, ...wanted } = parse(setNetworksSchema, input)
  return transaction(async (tx) => {
    const named = { rootOrganizationId, appId }
    const installation = await openInstallation(tx, actor, named, 'installations.limit-networks')
    await refuseOwnGain(tx, actor, appId)
    await refuseOvertakenSave(tx, actor, {
      version,
      present: installation.networksVersion,
      eventsOf: and(
        eq(events.rootOrganizationId, rootOrganizationId),
        eq(events.appId, appId),
        eq(events.name, 'installation.networks-changed'),
      ),
      thing: 'the networks of this app',
      fields: { networks: 'the networks', mode: 'whether they are asked' },
    })
    const changed = differences(installation, wanted)
    if (Object.keys(changed).length === 0) return { version }
    await tx
      .update(installations)
      .set({ networks: wanted.networks, networkMode: wanted.mode, networksVersion: version + 1 })
      .where(eq(installations.id, installation.id))
    await record(tx, actor, {
      name: 'installation.networks-changed',
      rootOrganizationId,
      appId,
      subject: installation.app,
      details: { version: version + 1, changed },
    })
    return { version: version + 1 }
  })
}

function differences(
  { networkMode, networks }: Installation,
  wanted: { mode: string; networks: readonly string[] },
) {
  const isSame =
    networks.length === wanted.networks.length && networks.every((one, at) => one === wanted.networks[at])
  return {
    ...(networkMode !== wanted.mode && { mode: { before: networkMode, after: wanted.mode } }),
    ...(!isSame && { networks: { before: networks, after: wanted.networks } }),
  }
}
