import { and, eq, like } from 'drizzle-orm'
import { transaction } from '#db/client'
import { events } from '#db/schema/audit'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { refuseOvertakenSave } from '../audit/refuse-overtaken-save.ts'
import { refuseOwnGain } from '../connected-apps/refuse-own-gain.ts'
import type { Actor } from '../permissions/actor.ts'
import { answerCovered } from './answer-covered.ts'
import { findEntryGroup } from './find-entry-group.ts'
import { openAllowlist } from './open-allowlist.ts'
import { openEntry } from './open-entry.ts'
import { type LimitEntryInput, limitEntrySchema } from './schema.ts'
import { setEntryLimits } from './set-entry-limits.ts'

/**
 * Says until when an entry is good, or for which group of people; what is left out stays. At its end the app is off the list, and everything that
 * people of the organization authorized it for by then is over. A group narrows who may authorize it from now on; what others
 * authorized runs on. Requests of those it is for by now are answered. Refuses an app that is not listed, a save over somebody's
 * newer one, a moment that is over, a group of another organization, and an app's token that would change its own limits.
 */
export async function limitEntry(actor: Actor, input: LimitEntryInput): Promise<{ version: number }> {
  const { rootOrganizationId, appId, version, ...wanted } = parse(limitEntrySchema, input)
  return transaction(async (tx) => {
    const allowlist = await openAllowlist(tx, actor, rootOrganizationId, 'allowlist.change-entries')
    await refuseOwnGain(tx, actor, appId)
    const entry = await openEntry(tx, allowlist, appId)
    await refuseOvertakenSave(tx, actor, {
      version,
      present: entry.version,
      eventsOf: and(
        eq(events.rootOrganizationId, rootOrganizationId),
        eq(events.appId, appId),
        like(events.name, 'allowlist.%'),
      ),
      thing: 'this entry',
      fields: { endsAt: 'until when it is good', group: 'whom it is for' },
    })
    const endsAt = wanted.endsAt === undefined ? entry.endsAt : wanted.endsAt
    const group =
      wanted.groupId === undefined
        ? entry.group
        : wanted.groupId && (await findEntryGroup(tx, rootOrganizationId, wanted.groupId))
    const changed = await setEntryLimits(tx, actor, entry, { endsAt, group })
    if (!changed) return { version }
    await record(tx, actor, {
      name: 'allowlist.entry-limited',
      rootOrganizationId,
      appId,
      subject: entry.app,
      details: { version: version + 1, changed },
    })
    if (changed.group)
      await answerCovered(
        tx,
        actor,
        { rootOrganizationId, app: entry.app, scopes: entry.scopes, endsAt },
        { because: 'entry-limited' },
      )
    return { version: version + 1 }
  })
}
