import { and, asc, eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { events } from '#db/schema/audit'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import type { App } from './open-app.ts'

/** What was saved, as an event of the app keeps it: the version it made, and each field before and after. */
export type SavedDetails = { version: number; changed: Record<string, { before: unknown; after: unknown }> }

const FIELDS: Record<string, string> = {
  name: 'the name',
  description: 'the description',
  website: 'the website',
  grantTypes: 'the grant types',
  redirectUris: 'the redirect URIs',
  initiateLoginUri: 'the address where sign-in starts',
  audience: 'whom it is open to',
  scopes: 'the scopes',
  contexts: 'the places of its scopes',
  requiresPkce: 'whether PKCE is required',
  ownerId: 'the owner',
}

/** Refuses a save that began from an older version than the present one, saying what changed since and by whom. */
export async function refuseStaleSave(
  tx: Transaction,
  actor: Actor,
  app: App,
  version: number,
): Promise<void> {
  if (app.version === version) return
  const newer = await tx
    .select({ actorName: events.actorName, actorUserId: events.actorUserId, details: events.details })
    .from(events)
    .where(and(eq(events.appId, app.id), sql`(${events.details} ->> 'version')::int > ${version}`))
    .orderBy(asc(events.id))
  const isOwn = newer.length > 0 && newer.every((event) => isBy(actor, event.actorUserId))
  const people = [...new Set(newer.map((event) => event.actorName))]
  const changed = [
    ...new Set(newer.flatMap((event) => Object.keys((event.details as Partial<SavedDetails>).changed ?? {}))),
  ]
  const who = people.length > 0 ? listed(people) : 'Somebody'
  const what = changed.length > 0 ? listed(changed.map((field) => FIELDS[field] ?? field)) : 'this app'
  const sentence = isOwn
    ? `You changed ${what} in another tab. Look at what it is now, and save again.`
    : `${who} changed ${what} while you were editing. Look at what it is now, and save again.`
  throw new Refusal(
    'conflict',
    sentence,
    Object.fromEntries(
      changed.map((field) => [field, isOwn ? 'You changed it in another tab.' : `Changed by ${who}.`]),
    ),
  )
}

function isBy(actor: Actor, userId: Id<'user'> | null): boolean {
  return actor.kind === 'user' && actor.userId === userId
}

function listed(words: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(words)
}
