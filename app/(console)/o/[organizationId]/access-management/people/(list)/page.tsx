import type { Metadata } from 'next'
import { counted } from '#components/connected-apps/app-words'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Pager } from '#components/ui/pager'
import { TextLink } from '#components/ui/text-link'
import type { Id } from '#lib/base/ids'
import { getOrganization } from '#lib/domain/organizations/get-organization'
import { countPeople } from '#lib/domain/people/count-people'
import { listPeople } from '#lib/domain/people/list-people'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import type { SearchParams } from '../../../../../url-query.ts'
import { invitationsPath, peoplePath } from '../../../paths.ts'
import { countInput, isNarrowed, type ListQuery, listHref, listInput, readQuery } from '../list-query.ts'
import { placesToGive } from '../places-to-give.ts'
import { ListToolbar } from './list-toolbar.tsx'
import { peopleCount } from './people-count.ts'
import { PeopleTable } from './people-table.tsx'

export const metadata: Metadata = { title: 'People' }

type Props = { params: Promise<{ organizationId: Id<'organization'> }>; searchParams: Promise<SearchParams> }

/** The people of the organization, as far as the person may see them, with what they may do where. */
export default async function PeoplePage({ params, searchParams }: Props) {
  const { organizationId } = await params
  const query = readQuery(await searchParams)
  const path = peoplePath(organizationId)
  const actor = await requireActor(listHref(path, query, query))
  const wanted = countInput(organizationId, query)
  const [list, total, organization, places] = await Promise.all([
    shown(listPeople(actor, listInput(organizationId, query))),
    shown(countPeople(actor, wanted)),
    shown(getOrganization(actor, organizationId)),
    placesToGive(actor, organizationId),
  ])
  // Nothing is above the root.
  const withPlace =
    organization.parentId === null || query.place
      ? total
      : await shown(
          countPeople(actor, { ...wanted, filters: { ...wanted.filters, placeId: organizationId } }),
        )
  return (
    <>
      <ListToolbar
        path={path}
        query={query}
        groups={places.filter(({ id }) => id !== organizationId && id !== organization.root.id)}
        invitedHref={
          organization.abilities.includes('invitations.list') ? invitationsPath(organizationId) : undefined
        }
        count={peopleCount(total, withPlace)}
      />
      {list.people.length === 0 ? (
        <EmptyState
          title="Nobody matches"
          act={<ButtonLink href={path}>Clear search and filters</ButtonLink>}
        >
          Search finds part of a name, of a username or of an e-mail address.
        </EmptyState>
      ) : (
        <>
          <PeopleTable
            people={list.people}
            organization={{
              id: organizationId,
              name: organization.name,
              isRoot: organization.parentId === null,
            }}
            mayRemove={organization.abilities.includes('organizations.remove-member')}
          />
          <Pager
            label="Pages of people"
            nextHref={list.next ? listHref(path, query, { after: list.next }) : undefined}
            firstHref={query.after ? listHref(path, query, {}) : undefined}
          >
            <PagerWords path={path} query={query} shown={list.people.length} total={total} />
          </Pager>
        </>
      )}
    </>
  )
}

type PagerWordsProps = { path: string; query: ListQuery; shown: number; total: number }

function PagerWords({ path, query, shown: rows, total }: PagerWordsProps) {
  if (rows < total) return <>The first {rows} shown.</>
  if (!isNarrowed(query)) return <>{peopleCount(total)} shown.</>
  return (
    <>
      {total === 1 ? 'The one match is shown.' : `All ${counted(total, 'match', 'matches')} shown.`}{' '}
      <TextLink href={path}>Clear the filter</TextLink> to see everybody.
    </>
  )
}
