import { cache } from 'react'
import type { Id } from '#lib/base/ids'
import { getPerson } from '#lib/domain/people/get-person'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'

/** The person whose page is asked for, asked once per request; whoever may not see them gets the page that says so. */
export const shownPerson = cache(async (organizationId: string, userId: string) => {
  const actor = await requireActor()
  return shown(
    getPerson(actor, {
      organizationId: organizationId as Id<'organization'>,
      userId: userId as Id<'user'>,
    }),
  )
})
