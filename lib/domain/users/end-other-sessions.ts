import { transaction } from '#db/client'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { endSessions } from './end-sessions.ts'
import { openOwnAccount } from './open-own-account.ts'

/** Signs the person who asks out of every browser but the one they sit at. Returns how many there were. */
export async function endOtherSessions(actor: Actor): Promise<{ ended: number }> {
  return transaction(async (tx) => {
    const user = await openOwnAccount(tx, actor)
    const own = actor.kind === 'user' ? actor.sessionId : undefined
    const ended = await endSessions(tx, user.id, 'signed-out', own)
    if (ended > 0) {
      await record(tx, actor, {
        name: 'session.others-ended',
        rootOrganizationId: user.homeOrganizationId,
        subject: { id: user.id, name: user.fullName },
        details: { ended },
      })
    }
    return { ended }
  })
}
