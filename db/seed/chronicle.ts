import type { Transaction } from '#db/client'
import { events } from '#db/schema/audit'
import type { EventName } from '#lib/domain/audit/events'
import type { App } from './apps.ts'
import { idAt } from './moments.ts'
import type { Organization } from './organizations.ts'
import type { Person } from './people.ts'

export type Happened = {
  at: Date
  name: EventName
  /** Who did it: a person, an app by itself, or a part of the process. */
  by: Person | App | 'sign-in' | 'scheduler'
  /** Where; without: the deployment as a whole. */
  where?: Organization
  app?: App
  subject: { id: string; name: string }
  details?: Record<string, unknown>
}

/** Gathers what happened, in any order, until it is written once in the order it happened. */
export type Chronicle = { tell(happened: Happened): void; told: readonly Happened[] }

export function newChronicle(): Chronicle {
  const told: Happened[] = []
  return { told, tell: (happened) => told.push(happened) }
}

const ROWS_PER_STATEMENT = 1000

export async function insertEvents(tx: Transaction, chronicle: Chronicle): Promise<void> {
  const inOrder = chronicle.told.toSorted((a, b) => a.at.getTime() - b.at.getTime())
  for (let start = 0; start < inOrder.length; start += ROWS_PER_STATEMENT) {
    await tx.insert(events).values(inOrder.slice(start, start + ROWS_PER_STATEMENT).map(rowOf))
  }
}

function rowOf({ at, name, by, where, app, subject, details }: Happened): typeof events.$inferInsert {
  return {
    id: idAt('event', at),
    occurredAt: at,
    name,
    rootOrganizationId: where?.rootOrganizationId,
    organizationId: where?.id,
    ...actor(by),
    appId: app?.id,
    subjectId: subject.id,
    subjectName: subject.name,
    details: details ?? {},
    requestId: `demo-${idAt('event', at).slice(-12)}`,
  }
}

function actor(by: Happened['by']) {
  if (typeof by === 'string') return { actorKind: 'system' as const, actorName: by }
  if ('clientId' in by) return { actorKind: 'app' as const, actorAppId: by.id, actorName: by.name }
  return { actorKind: 'user' as const, actorUserId: by.id, actorName: by.fullName, ip: by.ip }
}
