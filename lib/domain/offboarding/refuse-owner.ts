import type { Id } from '../../base/ids.ts'
import { listed } from '../../base/listed.ts'
import { Refusal } from '../../base/refusal.ts'

type Owned = { name: string; ownerId: Id<'user'> | null }

/**
 * Refuses to take away the person who owns one of these root organizations: there is always an owner, and the owner
 * administers it, so that it is never without an administrator either.
 */
export function refuseOwner(person: { id: Id<'user'>; fullName: string }, roots: readonly Owned[]): void {
  const owned = roots.filter((root) => root.ownerId === person.id).map((root) => root.name)
  if (owned.length === 0) return
  const names = listed(owned)
  const sentence = `${person.fullName} owns ${names}. Name another owner first.`
  throw new Refusal('conflict', sentence, { userId: sentence })
}
