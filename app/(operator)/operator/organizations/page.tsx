import type { Metadata } from 'next'
import { counted } from '#components/connected-apps/app-words'
import { ListSearch } from '#components/connected-apps/list-search'
import { PageHeader } from '#components/shell/page-header'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Pager } from '#components/ui/pager'
import { Toolbar } from '#components/ui/section'
import { listRoots } from '#lib/domain/organizations/list-roots'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { readUrlQuery, type SearchParams, urlWith } from '../../../(console)/url-query.ts'
import { CreateOrganization } from './create-organization.tsx'
import { RootTable } from './root-table.tsx'

export const metadata: Metadata = { title: 'Organizations' }

const PATH = '/operator/organizations'

/** The root organizations of the deployment, seen from outside: whose they are, and how large. */
export default async function OrganizationsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = readUrlQuery(['q', 'after'], await searchParams)
  const actor = await requireActor(urlWith(PATH, query))
  const { rows, total, next } = await shown(listRoots(actor, { search: query.q, cursor: query.after }))
  return (
    <>
      <PageHeader
        where="Deployment"
        title="Organizations"
        meta={<p>You see who owns each and how large it is. What is inside is theirs.</p>}
        acts={<CreateOrganization />}
      />
      <Toolbar count={counted(total, query.q ? 'match' : 'organization', query.q ? 'matches' : undefined)}>
        <ListSearch
          label="Search organizations"
          placeholder="Name"
          path={PATH}
          value={query.q ?? ''}
          className="w-full sm:w-64"
        />
      </Toolbar>
      {rows.length === 0 ? (
        <EmptyState
          title={query.q ? 'No organization matches' : 'No organizations yet'}
          act={query.q ? <ButtonLink href={PATH}>Clear the search</ButtonLink> : undefined}
        >
          {query.q
            ? 'Search finds part of a name.'
            : 'A root organization has people, apps and a policy of its own, and an owner whom you name.'}
        </EmptyState>
      ) : (
        <RootTable rows={rows} />
      )}
      <Pager
        label="Pages of organizations"
        nextHref={next ? urlWith(PATH, { q: query.q, after: next }) : undefined}
        firstHref={query.after ? urlWith(PATH, { q: query.q }) : undefined}
      >
        {next ? `The first ${rows.length} shown.` : null}
      </Pager>
    </>
  )
}
