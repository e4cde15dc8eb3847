import type { Metadata } from 'next'
import { forbidden } from 'next/navigation'
import { PageHeader } from '#components/shell/page-header'
import { Breadcrumb } from '#components/ui/breadcrumb'
import { environment } from '#lib/base/env'
import type { Id } from '#lib/base/ids'
import { listPlaces } from '#lib/domain/connected-apps/list-places'
import { listScopes } from '#lib/domain/connected-apps/list-scopes'
import { getOrganization } from '#lib/domain/organizations/get-organization'
import { listOrganizationsOf } from '#lib/domain/organizations/list-organizations-of'
import { mayCreateApps } from '#lib/domain/organizations/rules'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { connectedAppsPath, ownedAppsPath } from '../../../../paths.ts'
import { catalogueOf } from '../catalogue.ts'
import { CreateForm } from './create-form.tsx'

export const metadata: Metadata = { title: 'Create app' }

type Props = { params: Promise<{ organizationId: Id<'organization'> }> }

/** Registers an app: on whose behalf it acts, where it runs, what it may ask for. One page, one button. */
export default async function CreateAppPage({ params }: Props) {
  const { organizationId } = await params
  const path = ownedAppsPath(organizationId)
  const actor = await requireActor(`${path}/new`)
  const organization = await shown(getOrganization(actor, organizationId))
  if (!mayCreateApps(organization)) forbidden()
  const [offered, places, organizations] = await Promise.all([
    shown(listScopes(actor, organizationId)),
    shown(listPlaces(actor, organizationId)),
    shown(listOrganizationsOf(actor)),
  ])
  return (
    <>
      <PageHeader
        where={
          <Breadcrumb
            label="Where this page is"
            steps={[
              { label: 'Connected Apps', href: connectedAppsPath(organizationId) },
              { label: 'Owned Apps', href: path },
            ]}
          />
        }
        title="Create app"
      />
      <CreateForm
        path={path}
        organizationName={organization.root.name}
        residences={places.map(({ organizationId: id, name, above }) => ({
          id,
          name,
          within: above.join(' › '),
        }))}
        catalogue={catalogueOf(offered)}
        places={places}
        scopesMax={environment().scopesPerAppMax}
        parents={Object.fromEntries(organizations.map(({ id, parentId }) => [id, parentId]))}
      />
    </>
  )
}
