import type { Id } from '#lib/base/ids'
import { listAuthorizingPeople } from '#lib/domain/authorizations/list-authorizing-people'
import type { UserActor } from '#lib/domain/permissions/actor'
import { shown } from '#lib/gateways/console/refuse'
import { urlWith } from '../../../../../url-query.ts'
import { ofList, peopleFiltersOf, peopleSortOf, type Query } from './list-query.ts'
import { nameOfApp } from './name-of-app.ts'
import { PeopleList } from './people-list.tsx'
import { PersonDetails } from './person-details.tsx'

type Props = { actor: UserActor; organizationId: Id<'organization'>; path: string; query: Query }

/** Who lets apps act for them, and the details of one person beside them. */
export async function ByPerson({ actor, organizationId, path, query }: Props) {
  const filters = peopleFiltersOf(query)
  const [list, appName] = await Promise.all([
    shown(
      listAuthorizingPeople(actor, {
        rootOrganizationId: organizationId,
        ...filters,
        sort: peopleSortOf(query),
        cursor: query.after,
      }),
    ),
    filters.appId ? nameOfApp(actor, organizationId, filters.appId) : null,
  ])
  const userIds = list.rows.map((row) => row.userId)
  const hrefOf = (userId: string) => urlWith(path, { ...ofList(query), user: userId })
  const open = userIds.indexOf(query.user as Id<'user'>)
  const beside = (at: number) => (open >= 0 && userIds[at] ? hrefOf(userIds[at]) : undefined)
  return (
    <>
      <PeopleList
        organizationId={organizationId}
        list={list}
        path={path}
        query={query}
        appName={appName}
        hrefOf={hrefOf}
      />
      {query.user && (
        <PersonDetails
          actor={actor}
          organizationId={organizationId}
          userId={query.user as Id<'user'>}
          query={query}
          previousHref={beside(open - 1)}
          nextHref={beside(open + 1)}
        />
      )}
    </>
  )
}
