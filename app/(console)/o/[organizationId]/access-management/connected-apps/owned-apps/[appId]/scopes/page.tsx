import type { Metadata } from 'next'
import { environment } from '#lib/base/env'
import { listPlaces } from '#lib/domain/connected-apps/list-places'
import { listScopes } from '#lib/domain/connected-apps/list-scopes'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { catalogueOf } from '../../catalogue.ts'
import { forItself, HELD_ANYWAY } from '../../catalogue-scope.ts'
import { type AppPageProps, shownApp } from '../shown-app.ts'
import { ScopesForm } from './scopes-form.tsx'

export const metadata: Metadata = { title: 'Scopes' }

/** What the app may ask for, and where it may use it. */
export default async function ScopesPage({ params }: AppPageProps) {
  const { organizationId, appId } = await params
  const app = await shownApp(organizationId, appId)
  const actor = await requireActor()
  const isForItself = app.actsAs === 'itself'
  const [offered, places] = await Promise.all([
    shown(listScopes(actor, app.residence.id)),
    isForItself ? shown(listPlaces(actor, app.residence.id)) : [],
  ])
  const catalogue = catalogueOf(offered, app.scopes)
  return (
    <ScopesForm
      app={{ id: app.id, version: app.version, actsAs: app.actsAs }}
      catalogue={isForItself ? forItself(catalogue) : catalogue}
      places={places}
      saved={{
        scopes: isForItself ? app.scopes.filter((scope) => scope !== HELD_ANYWAY) : app.scopes,
        contexts: app.contexts.map(({ scope, organization, environment }) => ({
          scope,
          organizationId: organization.id,
          ...(environment ? { environmentId: environment.id } : {}),
        })),
      }}
      scopesMax={environment().scopesPerAppMax}
      mayUpdate={app.abilities.includes('connected-apps.update')}
    />
  )
}
