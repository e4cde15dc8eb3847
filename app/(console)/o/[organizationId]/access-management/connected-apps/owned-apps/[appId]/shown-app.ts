import { cache } from 'react'
import type { Id } from '#lib/base/ids'
import { type AppDetails, getApp } from '#lib/domain/connected-apps/get-app'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { ownedAppPath } from '../../../../paths.ts'

/** The app of this page, asked once per request: its head and its section show the same. */
export const shownApp = cache(async (organizationId: string, appId: Id<'app'>): Promise<AppDetails> => {
  const actor = await requireActor(ownedAppPath(organizationId, appId))
  return shown(getApp(actor, appId))
})

export type AppPageProps = { params: Promise<{ organizationId: Id<'organization'>; appId: Id<'app'> }> }
