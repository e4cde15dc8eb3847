import type { Transaction } from '#db/client'
import { sessions } from '#db/schema/users'
import { SESSION_DAYS_MAX } from '#lib/domain/users/start-session'
import { DAY, HOUR, idAt, later } from './moments.ts'
import type { World } from './world.ts'

const AT_WORK_HOURS = 9

/** The sign-ins that the chronicle tells of, as the sessions they began: long over, but for those of today. */
export async function insertSessions(tx: Transaction, { chronicle, people, clock }: World): Promise<void> {
  const byId = new Map([...people.values()].map((person) => [person.id as string, person]))
  const rows = chronicle.told.flatMap(({ name, at, subject }) => {
    const person = name === 'session.started' ? byId.get(subject.id) : undefined
    if (!person) return []
    const leftAt = later(at, AT_WORK_HOURS * HOUR)
    const isOver = leftAt < clock.now
    return [
      {
        id: idAt('session', at),
        userId: person.id,
        createdAt: at,
        authenticatedAt: at,
        authenticationMethods: ['pwd'],
        ip: person.ip,
        lastSeenAt: isOver ? leftAt : clock.now,
        expiresAt: later(at, SESSION_DAYS_MAX * DAY),
        endedAt: isOver ? leftAt : null,
        endedReason: isOver ? ('signed-out' as const) : null,
      },
    ]
  })
  if (rows.length > 0) await tx.insert(sessions).values(rows)
}
