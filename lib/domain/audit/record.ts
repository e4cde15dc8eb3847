import type { Transaction } from '#db/client'
import { events } from '#db/schema/audit'
import { type Id, newId } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import type { EventName } from './events.ts'

export type Happening = {
  name: EventName
  rootOrganizationId: Id<'organization'> | null
  organizationId?: Id<'organization'>
  /** The app it concerns, if it concerns one: its Activity shows it. */
  appId?: Id<'app'>
  subject: { id: string; name: string }
  details?: Record<string, unknown>
}

/** Writes what happened, in the transaction that did it: both are there, or neither. Returns the event's id. */
export async function record(tx: Transaction, actor: Actor, happening: Happening): Promise<Id<'event'>> {
  const id = newId('event')
  await tx.insert(events).values({
    id,
    name: happening.name,
    rootOrganizationId: happening.rootOrganizationId,
    organizationId: happening.organizationId ?? happening.rootOrganizationId,
    ...who(actor),
    appId: happening.appId,
    subjectId: happening.subject.id,
    subjectName: happening.subject.name,
    details: happening.details ?? {},
    ip: actor.ip,
    requestId: actor.requestId,
  })
  return id
}

function who(actor: Actor) {
  switch (actor.kind) {
    case 'user':
      return {
        actorKind: actor.kind,
        actorUserId: actor.userId,
        actorAppId: actor.through?.appId,
        actorName: actor.name,
      }
    case 'app':
      return { actorKind: actor.kind, actorAppId: actor.appId, actorName: actor.name }
    case 'system':
      return { actorKind: actor.kind, actorName: actor.name }
  }
}
