import type { Metadata } from 'next'
import { counted } from '#components/connected-apps/app-words'
import { ListSearch } from '#components/connected-apps/list-search'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Notice } from '#components/ui/notice'
import { Toolbar } from '#components/ui/section'
import { environment } from '#lib/base/env'
import type { Id } from '#lib/base/ids'
import { listApis } from '#lib/domain/connected-apps/list-apis'
import { listServers } from '#lib/domain/connected-apps/list-servers'
import { getOrganization } from '#lib/domain/organizations/get-organization'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { readUrlQuery, type SearchParams, urlWith } from '../../../../../url-query.ts'
import { ownedAppsPath, scopesPath } from '../../../paths.ts'
import { AddApi } from './acts.tsx'
import { ApiSection } from './api-section.tsx'
import { findIn } from './find.ts'

export const metadata: Metadata = { title: 'Scopes documentation' }

type Props = { params: Promise<{ organizationId: Id<'organization'> }>; searchParams: Promise<SearchParams> }

/** Every API and scope that apps of this organization may ask for: what it permits, and how an app asks. */
export default async function ScopesPage({ params, searchParams }: Props) {
  const { organizationId } = await params
  const query = readUrlQuery(['q'], await searchParams)
  const path = scopesPath(organizationId)
  const actor = await requireActor(urlWith(path, query))
  const [apis, organization] = await Promise.all([
    shown(listApis(actor, organizationId)),
    shown(getOrganization(actor, organizationId)),
  ])
  const mayDefine = organization.parentId === null && organization.abilities.includes('apis.create')
  const servers = mayDefine ? await shown(listServers(actor, organizationId)) : []
  // The organization's own first: that is what people come for.
  const inOrder = apis.toSorted((one, other) => Number(one.isBuiltIn) - Number(other.isBuiltIn))
  const found = findIn(inOrder, query.q ?? '')
  const scopes = found.reduce((sum, api) => sum + api.scopes.length, 0)
  const ownApps = ownedAppsPath(organizationId)
  return (
    <>
      <Toolbar>
        <ListSearch
          label="Find a scope or an API"
          placeholder="Name, words or audience"
          path={path}
          value={query.q ?? ''}
          className="w-full sm:w-64"
        />
        <p className="ml-auto flex items-center gap-4 text-ink-2">
          <span role="status">
            {counted(scopes, 'scope')} of {counted(found.length, 'API')}
          </span>
        </p>
        {mayDefine && <AddApi organizationId={organizationId} servers={servers} />}
      </Toolbar>
      {!query.q && !apis.some((api) => !api.isBuiltIn) && (
        <Notice tone="neutral">
          {mayDefine
            ? 'Protect an API of your own: define it here, give apps its scopes, and let it ask about each token.'
            : 'Your organization has no API of its own yet. An administrator of the root organization can define one.'}
        </Notice>
      )}
      {found.length === 0 ? (
        <EmptyState title="No scope matches" act={<ButtonLink href={path}>Clear the search</ButtonLink>}>
          Search finds part of a name, of what a scope permits, and of an API’s name or audience.
        </EmptyState>
      ) : (
        <div className="flex gap-10">
          <div className="flex min-w-0 flex-1 flex-col gap-10">
            {found.map((api) => (
              <ApiSection
                key={api.id}
                api={api}
                publicUrl={environment().publicUrl}
                ownApps={ownApps}
                servers={servers}
                isOpen={query.q !== undefined && scopes === 1}
              />
            ))}
          </div>
          <Contents apis={found} />
        </div>
      )}
    </>
  )
}

/** Where each API stands, beside the page where there is room. */
function Contents({ apis }: { apis: readonly { id: string; name: string; scopes: readonly unknown[] }[] }) {
  return (
    <nav aria-label="APIs on this page" className="w-44 shrink-0 max-xl:hidden">
      <ul className="sticky top-6 flex flex-col gap-0.5 border-l border-line">
        {apis.map(({ id, name, scopes }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="-ml-px flex justify-between gap-2 border-l border-transparent py-1 pl-3 text-ink-2 no-underline hover:border-accent hover:text-ink"
            >
              <span className="truncate">{name}</span>
              <span className="text-muted">{scopes.length}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
