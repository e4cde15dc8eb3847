import type { Id } from '../../base/ids.ts'
import { listOrganizationsOf } from '../../domain/organizations/list-organizations-of.ts'
import { getAbsence } from '../../domain/permissions/get-absence.ts'
import { idIn } from './ids.ts'
import { AnypointProblem } from './problem.ts'
import type { Call } from './route.ts'

/** The organization a path names. What is no id is absent like one that names nothing. */
export async function organizationAt(call: Call): Promise<Id<'organization'>> {
  const organizationId = idIn('organization', call.named.org)
  if (!organizationId) throw await getAbsence(call.actor)
  return organizationId
}

/**
 * The organization of a request whose path names none: the one in `orgId`, `org_id` or the header that scripts send along, or the only one the caller has to do with,
 * which is the highest where business groups below it are meant as well.
 */
export async function organizationMeant(call: Call): Promise<Id<'organization'>> {
  const given = call.query.get('orgId') ?? call.body.org_id ?? call.organizationHeader
  if (given !== null && given !== undefined) {
    const organizationId = idIn('organization', given)
    if (!organizationId) throw await getAbsence(call.actor)
    return organizationId
  }
  const places = await placesOf(call)
  const [only, another] = places.filter(({ parentId }) => !places.some(({ id }) => id === parentId))
  if (only && !another) return only.id
  throw new AnypointProblem(
    400,
    'Say which organization: as orgId, or in the path (/organizations/{orgId}/connectedApplications).',
  )
}

/** An app is told its organizations by another scope; where it acts, it knows all the same. */
async function placesOf({ actor }: Call): Promise<{ id: Id<'organization'>; parentId: string | null }[]> {
  const seen = await listOrganizationsOf(actor)
  if (seen.length > 0 || actor.kind !== 'app') return seen
  const ids = new Set(actor.contexts.map(({ organizationId }) => organizationId))
  return [...ids].map((id) => ({ id, parentId: null }))
}
