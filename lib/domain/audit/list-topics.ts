import { database } from '#db/client'
import type { Id } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { branchOf } from '../permissions/branch-standings.ts'
import { absentOrganization } from '../permissions/check-organization.ts'
import { may } from '../permissions/may.ts'
import { NO_STANDING } from '../permissions/standing.ts'
import { ALL_TOPICS, TOPICS, type Topic } from './topics.ts'

/** What the actor sees something of, in an organization or below it. */
export type TopicsSeen = { rootOrganizationId: Id<'organization'>; topics: ReadonlySet<Topic> }

/**
 * Which topics the actor may see something of at this moment, so that they may hear when it changes. Whoever sees nothing
 * hears what they hear of an organization that is not there.
 */
export async function listTopics(actor: Actor, organizationId: Id<'organization'>): Promise<TopicsSeen> {
  const tx = database()
  const { rootOrganizationId, standings } = await branchOf(tx, actor, organizationId)
  if (!rootOrganizationId) throw await absentOrganization(tx, actor)
  const inRoot = { organizationId: rootOrganizationId, rootOrganizationId }
  const standing = standings.get(organizationId) ?? NO_STANDING
  const topics = ALL_TOPICS.filter((topic) => {
    const { permission, askedOf } = TOPICS[topic]
    if (askedOf === 'root') return may(actor, permission, inRoot, standing)
    return [...standings].some(([id, there]) =>
      may(actor, permission, { organizationId: id, rootOrganizationId }, there),
    )
  })
  if (topics.length === 0) throw await absentOrganization(tx, actor)
  return { rootOrganizationId, topics: new Set(topics) }
}
