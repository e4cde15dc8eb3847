import { cache } from 'react'
import type { Id } from '#lib/base/ids'
import { getPolicy } from '#lib/domain/allowlist/get-policy'
import { currentActor } from '#lib/gateways/console/actor'

/** How many approval requests wait in a root organization, for whoever may answer them; asked once per request. */
export const waitingRequests = cache(async (rootOrganizationId: Id<'organization'>): Promise<number> => {
  const actor = await currentActor()
  return actor ? (await getPolicy(actor, rootOrganizationId)).waiting : 0
})
