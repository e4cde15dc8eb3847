import type { Metadata } from 'next'
import { SegmentNav } from '#components/ui/tab-nav'
import type { Id } from '#lib/base/ids'
import { countBlockedApps } from '#lib/domain/installations/count-blocked-apps'
import { getOrganization } from '#lib/domain/organizations/get-organization'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { readUrlQuery, type SearchParams, urlWith } from '../../../../../url-query.ts'
import { authorizationsPath } from '../../../paths.ts'
import { ActsProvider } from './acts.tsx'
import { Blocked } from './blocked.tsx'
import { ByApp } from './by-app.tsx'
import { ByPerson } from './by-person.tsx'
import { KEYS, viewOf } from './list-query.ts'
import { Removals } from './removals.tsx'

export const metadata: Metadata = { title: 'Authorizations' }

type Props = { params: Promise<{ organizationId: Id<'organization'> }>; searchParams: Promise<SearchParams> }

/** What the organization's people authorized: by app, by person, what is blocked, and what was removed. */
export default async function AuthorizationsPage({ params, searchParams }: Props) {
  const { organizationId } = await params
  const query = readUrlQuery(KEYS, await searchParams)
  const path = authorizationsPath(organizationId)
  const actor = await requireActor(urlWith(path, query))
  const [blocked, organization] = await Promise.all([
    shown(countBlockedApps(actor, { rootOrganizationId: organizationId })),
    shown(getOrganization(actor, organizationId)),
  ])
  const view = viewOf(query)
  const tabs = [
    { label: 'By app', href: path, current: view === 'apps' },
    { label: 'By person', href: urlWith(path, { show: 'people' }), current: view === 'people' },
    ...(blocked > 0 || view === 'blocked'
      ? [
          {
            label: 'Blocked',
            href: urlWith(path, { show: 'blocked' }),
            current: view === 'blocked',
            count: blocked,
          },
        ]
      : []),
    { label: 'Removals', href: urlWith(path, { show: 'removals' }), current: view === 'removals' },
  ]
  const asked = { actor, organizationId, path, query }
  return (
    <ActsProvider organization={{ id: organizationId, name: organization.name }}>
      <SegmentNav label="Authorizations" tabs={tabs} />
      {view === 'apps' && <ByApp {...asked} organizationName={organization.name} />}
      {view === 'people' && <ByPerson {...asked} />}
      {view === 'blocked' && <Blocked {...asked} blocked={blocked} />}
      {view === 'removals' && <Removals {...asked} />}
    </ActsProvider>
  )
}
