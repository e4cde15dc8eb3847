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
  /** Who did it; without: the process itself. */
  by?: Person
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
    actorKind: by ? 'user' : 'system',
    actorUserId: by?.id,
    actorName: by?.fullName ?? 'seed',
    appId: app?.id,
    subjectId: subject.id,
    subjectName: subject.name,
    details: details ?? {},
    ip: by?.ip,
    requestId: `demo-${idAt('event', at).slice(-12)}`,
  }
}
