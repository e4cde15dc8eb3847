import { database } from '#db/client'
import { COUNTED_MAX } from '../../base/bounded-count.ts'
import { parse } from '../../base/parse.ts'
import { findJwtsUntil } from '../connected-apps/find-jwts-until.ts'
import { countEffect } from '../installations/count-effect.ts'
import type { Actor } from '../permissions/actor.ts'
import { findAuthorizedApps, meantBy } from './open-authorized-apps.ts'
import { type PreviewAppsStopInput, previewAppsStopSchema } from './schema.ts'

export type AppsStopPreview = {
  /** How many the act is about. */
  apps: number
  /** How many of the chosen it leaves as they are: frozen already, not frozen, or only frozen and with nothing left to remove. */
  leftOut: number
  /** Of those it is about, how many are frozen. */
  frozen: number
  /** What hangs on them: what ends, pauses or goes on; exact up to 10,000 authorizations, and then the least it can be. */
  authorizations: number
  families: number
  tokens: number
  isExact: boolean
  jwtsUntil: Date | null
  /** The first by name. */
  names: string[]
  /** Given back with the act: it is refused if other apps would be meant by then. */
  fingerprint: string
}

/** So many names as anyone reads before deciding. */
const NAMES_SHOWN = 20

/** What freezing, unfreezing, removing or blocking several apps would do at this moment. Changes nothing. */
export async function previewAppsStop(actor: Actor, input: PreviewAppsStopInput): Promise<AppsStopPreview> {
  const { act, ...wish } = parse(previewAppsStopSchema, input)
  const db = database()
  const { apps: chosen, fingerprint } = await findAuthorizedApps(db, actor, wish, 'authorizations.remove')
  const apps = meantBy(act, chosen)
  const installationIds = apps.map(({ installationId }) => installationId)
  const { people, families, tokens, isExact } = await countEffect(db, { installationIds }, COUNTED_MAX)
  return {
    apps: apps.length,
    leftOut: chosen.length - apps.length,
    frozen: apps.filter(({ isFrozen }) => isFrozen).length,
    authorizations: Math.min(people, COUNTED_MAX),
    families,
    tokens,
    isExact,
    jwtsUntil: await findJwtsUntil({ installationIds }),
    names: apps
      .map(({ app }) => app.name)
      .sort((a, b) => a.localeCompare(b))
      .slice(0, NAMES_SHOWN),
    fingerprint,
  }
}
