import { cache } from 'react'
import type { Id } from '#lib/base/ids'
import { getInbox } from '#lib/domain/allowlist/get-inbox'
import { currentActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'

/**
 * How many approval requests wait in a root organization, for whoever may answer them; asked once per request. Only under
 * Restricted does anybody need an answer.
 */
export const waitingRequests = cache(async (rootOrganizationId: Id<'organization'>): Promise<number> => {
  const actor = await currentActor()
  if (!actor) return 0
  const { mode, waiting } = await shown(getInbox(actor, rootOrganizationId))
  return mode === 'restricted' ? waiting : 0
})
