import { counted } from '#components/connected-apps/app-words'
import { Avatar } from '#components/ui/avatar'
import { ButtonLink } from '#components/ui/button'
import { Chip } from '#components/ui/chip'
import { EmptyState } from '#components/ui/empty-state'
import { Pager } from '#components/ui/pager'
import { RelativeTime } from '#components/ui/relative-time'
import { RiskBars } from '#components/ui/risk-bars'
import { NameCell, Row, RowLink, TableBox, Td, Th } from '#components/ui/table'
import { countText } from '#lib/base/bounded-count'
import type { listAuthorizingPeople } from '#lib/domain/authorizations/list-authorizing-people'
import { urlWith } from '../../../../../url-query.ts'
import { isNarrowed, ofList, peopleSortOf, type Query } from './list-query.ts'
import { PeopleToolbar } from './people-toolbar.tsx'

type Props = {
  organizationId: string
  list: Awaited<ReturnType<typeof listAuthorizingPeople>>
  path: string
  query: Query
  appName: string | null
  hrefOf: (userId: string) => string
}

/** Who lets apps act for them, one row a person. */
export function PeopleList({ organizationId, list, path, query, appName, hrefOf }: Props) {
  const first = { ...ofList(query), after: undefined }
  const sort = peopleSortOf(query)
  const sortedBy = (sort: string | undefined) =>
    urlWith(path, { ...ofList(query), after: undefined, sort, user: query.user })
  const isFiltered = isNarrowed(query) || query.of !== undefined
  if (list.total === 0 && !isFiltered)
    return (
      <EmptyState title="Nobody has authorized an app yet">
        Once a member lets an app act for them, they stand here with what they authorized.
      </EmptyState>
    )
  return (
    <>
      <PeopleToolbar
        path={path}
        organizationId={organizationId}
        query={query}
        appName={appName}
        count={`${countText(list.total)} ${list.total === 1 ? 'person' : 'people'}`}
      />
      {list.rows.length === 0 ? (
        <EmptyState
          title="Nobody matches"
          act={<ButtonLink href={urlWith(path, { show: 'people' })}>Clear search and filters</ButtonLink>}
        >
          Search finds part of a name, a username or an e-mail address.
        </EmptyState>
      ) : (
        <TableBox label="People">
          <thead>
            <tr>
              <Th sortHref={sortedBy(undefined)} sorted={sort === 'name' ? 'ascending' : undefined}>
                Person
              </Th>
              <Th numeric sortHref={sortedBy('apps')} sorted={sort === 'apps' ? 'descending' : undefined}>
                Apps
              </Th>
              <Th from="narrow">Risk</Th>
              <Th
                from="narrow"
                sortHref={sortedBy('last-used')}
                sorted={sort === 'last-used' ? 'descending' : undefined}
              >
                Last use
              </Th>
            </tr>
          </thead>
          <tbody>
            {list.rows.map((row) => (
              <Row key={row.userId} current={row.userId === query.user}>
                <Td className="max-w-0 w-full">
                  <NameCell
                    lead={<Avatar name={row.name} size="medium" />}
                    name={
                      <RowLink
                        href={hrefOf(row.userId)}
                        scroll={false}
                        prefetch={false}
                        aria-current={row.userId === query.user || undefined}
                        className="truncate"
                      >
                        {row.name}
                      </RowLink>
                    }
                    marks={row.isDeactivated && <Chip>Deactivated</Chip>}
                    detail={
                      <span className="block truncate">
                        {row.username}
                        <span className="@min-[26rem]:hidden">
                          {' '}
                          · <RelativeTime at={row.lastUsedAt} short />
                        </span>
                      </span>
                    }
                  />
                </Td>
                <Td numeric>
                  {row.apps.toLocaleString('en')}
                  <span className="flex justify-end @min-[26rem]:hidden">
                    <RiskBars level={row.risk} />
                  </span>
                </Td>
                <Td from="narrow">
                  <span className="flex">
                    <RiskBars level={row.risk} />
                  </span>
                </Td>
                <Td from="narrow" muted className="min-w-36">
                  <RelativeTime at={row.lastUsedAt} />
                </Td>
              </Row>
            ))}
          </tbody>
        </TableBox>
      )}
      <Pager
        label="Pages of people"
        nextHref={list.next ? urlWith(path, { ...first, after: list.next }) : undefined}
        firstHref={query.after ? urlWith(path, first) : undefined}
      >
        {list.next ? `The first ${counted(list.rows.length, 'person', 'people')} shown.` : null}
      </Pager>
    </>
  )
}
