import { and, asc, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { events } from '#db/schema/audit'
import type { Id } from '../../base/ids.ts'
import { listed } from '../../base/listed.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'

/** What was saved, as the event of a save keeps it: the version it made, and each field before and after. */
export type SavedDetails = { version: number; changed: Record<string, { before: unknown; after: unknown }> }

type Save = {
  /** The version the save began from, and the one that stands. */
  version: number
  present: number
  /** Which events tell of the thing's saves. */
  eventsOf: SQL | undefined
  /** What the thing is called, and each of its fields. */
  thing: string
  fields: Readonly<Record<string, string>>
}

/** Refuses a save that began from an older version than the present one, saying what changed since and by whom. */
export async function refuseOvertakenSave(
  tx: Transaction,
  actor: Actor,
  { version, present, eventsOf, thing, fields }: Save,
): Promise<void> {
  if (version === present) return
  const newer = await tx
    .select({ actorName: events.actorName, actorUserId: events.actorUserId, details: events.details })
    .from(events)
    .where(and(eventsOf, sql`(${events.details} ->> 'version')::int > ${version}`))
    .orderBy(asc(events.id))
  const isOwn = newer.length > 0 && newer.every((event) => isBy(actor, event.actorUserId))
  const people = [...new Set(newer.map((event) => event.actorName))]
  const changed = [
    ...new Set(newer.flatMap((event) => Object.keys((event.details as Partial<SavedDetails>).changed ?? {}))),
  ]
  const who = people.length > 0 ? listed(people) : 'Somebody'
  const what = changed.length > 0 ? listed(changed.map((field) => fields[field] ?? field)) : thing
  const sentence = isOwn
    ? `You changed ${what} in another tab. Look at what it is now, and save again.`
    : `${who} changed ${what} while you were editing. Look at what it is now, and save again.`
  throw new Refusal(
    'conflict',
    sentence,
    Object.fromEntries(
      changed.map((field) => [field, isOwn ? 'You changed it in another tab.' : `Changed by ${who}.`]),
    ),
    { isOvertaken: true },
  )
}

function isBy(actor: Actor, userId: Id<'user'> | null): boolean {
  return actor.kind === 'user' && actor.userId === userId
}
