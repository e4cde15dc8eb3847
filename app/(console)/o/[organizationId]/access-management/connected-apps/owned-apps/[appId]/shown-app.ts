import { notFound } from 'next/navigation'
import { cache } from 'react'
import type { Id } from '#lib/base/ids'
import { type AppDetails, getApp } from '#lib/domain/connected-apps/get-app'
import { getOrganization } from '#lib/domain/organizations/get-organization'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'

/**
 * The app of this page, asked once per request: its head and its section show the same. Under another organization's
 * address it is not there, whoever asks.
 */
export const shownApp = cache(
  async (organizationId: Id<'organization'>, appId: Id<'app'>): Promise<AppDetails> => {
    const actor = await requireActor()
    const app = await shown(getApp(actor, appId))
    const { root } = await shown(getOrganization(actor, organizationId))
    if (root.id !== app.rootOrganizationId) notFound()
    return app
  },
)

export type AppIds = { organizationId: Id<'organization'>; appId: Id<'app'> }
export type AppPageProps = { params: Promise<AppIds> }
