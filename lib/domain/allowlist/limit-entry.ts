import { transaction } from '#db/client'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { refuseOwnGain } from '../connected-apps/refuse-own-gain.ts'
import type { Actor } from '../permissions/actor.ts'
import { answerCovered } from './answer-covered.ts'
import { findEntryGroup } from './find-entry-group.ts'
import { openAllowlist } from './open-allowlist.ts'
import { openEntry } from './open-entry.ts'
import { type LimitEntryInput, limitEntrySchema } from './schema.ts'
import { setEntryLimits } from './set-entry-limits.ts'

/**
 * Says until when an entry is good, and for which group of people. At its end the app is off the list, and everything that
 * people of the organization authorized it for by then is over. A group narrows who may authorize it from now on; what others
 * authorized runs on. Requests of those it is for by now are answered. Refuses an app that is not listed, a moment that is over, a group of another organization, and an
 * app's token that would change its own limits.
 */
export async function limitEntry(actor: Actor, input: LimitEntryInput): Promise<void> {
  const { rootOrganizationId, appId, endsAt, groupId } = parse(limitEntrySchema, input)
  await transaction(async (tx) => {
    const allowlist = await openAllowlist(tx, actor, rootOrganizationId, 'allowlist.change-entries')
    await refuseOwnGain(tx, actor, appId)
    const entry = await openEntry(tx, allowlist, appId)
    const group = groupId ? await findEntryGroup(tx, rootOrganizationId, groupId) : null
    const changed = await setEntryLimits(tx, actor, entry, { endsAt, group })
    if (!changed) return
    await record(tx, actor, {
      name: 'allowlist.entry-limited',
      rootOrganizationId,
      appId,
      subject: entry.app,
      details: { changed },
    })
    if (changed.group)
      await answerCovered(tx, actor, { rootOrganizationId, appId, scopes: entry.scopes, endsAt })
  })
}
