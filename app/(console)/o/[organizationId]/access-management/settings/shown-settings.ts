import { cache } from 'react'
import type { Id } from '#lib/base/ids'
import { getSettings } from '#lib/domain/organizations/get-settings'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'

/** The settings of this page, asked once per request. */
export const shownSettings = cache(async (organizationId: Id<'organization'>) => {
  const actor = await requireActor()
  return shown(getSettings(actor, organizationId))
})
