import { cache } from 'react'
import type { Id } from '#lib/base/ids'
import { listBusinessGroups } from '#lib/domain/organizations/list-business-groups'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'

/** The branch of this page, asked once per request. */
export const shownBranch = cache(async (organizationId: Id<'organization'>) => {
  const actor = await requireActor()
  return shown(listBusinessGroups(actor, organizationId))
})
