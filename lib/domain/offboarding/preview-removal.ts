import { inArray } from 'drizzle-orm'
import { database } from '#db/client'
import { organizations } from '#db/schema/organizations'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Role } from '../permissions/standing.ts'
import { countAuthorizations, countMovingApps, type MovingApps } from './count-effect.ts'
import { findMember } from './find-member.ts'
import { noPlace } from './open-member.ts'
import { placesWithin } from './places-within.ts'
import { refuseOwner } from './refuse-owner.ts'
import { type RemoveMemberInput, removeMemberSchema } from './schema.ts'

export type RemovalPreview = {
  /** The places that end. */
  places: { organizationId: Id<'organization'>; organizationName: string; role: Role }[]
  apps: MovingApps
  /** What the person authorized and loses: all of it when they leave the root organization, else nothing. */
  authorizations: number
}

/** What removing a person would do, counted now; refused where the act would be. */
export async function previewRemoval(actor: Actor, input: RemoveMemberInput): Promise<RemovalPreview> {
  const { userId, organizationId } = parse(removeMemberSchema, input)
  const db = database()
  const member = await findMember(db, actor, { userId, organizationId }, 'organizations.remove-member')
  const { organization, root, person } = member
  const isRoot = organizationId === root.id
  if (isRoot) refuseOwner(person, [root])
  const ending = await placesWithin(db, member.places, organizationId)
  if (ending.length === 0) throw noPlace(organization)
  const ids = ending.map((place) => place.organizationId)
  const [names, apps, authorizations] = await Promise.all([
    db
      .select({ id: organizations.id, name: organizations.name })
      .from(organizations)
      .where(inArray(organizations.id, ids)),
    countMovingApps(db, actor, {
      userId,
      rootOrganizationId: root.id,
      without: ending.map((place) => place.id),
    }),
    isRoot ? countAuthorizations(db, userId, root.id) : 0,
  ])
  const nameOf = new Map(names.map(({ id, name }) => [id, name]))
  return {
    places: ending.map((place) => ({
      organizationId: place.organizationId,
      organizationName: nameOf.get(place.organizationId) ?? '',
      role: place.role,
    })),
    apps,
    authorizations,
  }
}
