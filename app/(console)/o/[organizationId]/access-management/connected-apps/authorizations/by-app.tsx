import { SelectionProvider } from '#components/connected-apps/selection'
import type { Id } from '#lib/base/ids'
import { countAuthorizedApps } from '#lib/domain/authorizations/count-authorized-apps'
import { listAuthorizedApps } from '#lib/domain/authorizations/list-authorized-apps'
import type { UserActor } from '#lib/domain/permissions/actor'
import { shown } from '#lib/gateways/console/refuse'
import { urlWith } from '../../../../../url-query.ts'
import { AppDetails } from './app-details.tsx'
import { AuthorizedList } from './authorized-list.tsx'
import { filtersOf, ofList, type Query, sortOf } from './list-query.ts'
import { StopBar } from './stop-bar.tsx'

type Props = {
  actor: UserActor
  organizationId: Id<'organization'>
  organizationName: string
  path: string
  query: Query
}

/** Which apps people authorized, what can be done with several of them, and the details of one beside them. */
export async function ByApp({ actor, organizationId, organizationName, path, query }: Props) {
  const filters = filtersOf(query)
  const [list, count] = await Promise.all([
    shown(
      listAuthorizedApps(actor, {
        rootOrganizationId: organizationId,
        ...filters,
        sort: sortOf(query),
        cursor: query.after,
      }),
    ),
    shown(countAuthorizedApps(actor, { rootOrganizationId: organizationId, ...filters })),
  ])
  const appIds = list.rows.map((row) => row.appId)
  const hrefOf = (appId: string) => urlWith(path, { ...ofList(query), app: appId })
  const open = appIds.indexOf(query.app as Id<'app'>)
  const beside = (at: number) => (open >= 0 && appIds[at] ? hrefOf(appIds[at]) : undefined)
  const narrowed = { ...ofList(query), sort: undefined, after: undefined }
  return (
    <SelectionProvider
      listKey={urlWith(path, narrowed)}
      organizationId={organizationId}
      shown={appIds}
      total={count.total}
    >
      <AuthorizedList
        organizationId={organizationId}
        list={list}
        count={count}
        path={path}
        query={query}
        hrefOf={hrefOf}
      />
      <StopBar
        organization={{ id: organizationId, name: organizationName }}
        filters={filters}
        total={count.total}
      />
      {query.app && (
        <AppDetails
          actor={actor}
          organizationId={organizationId}
          appId={query.app as Id<'app'>}
          query={query}
          previousHref={beside(open - 1)}
          nextHref={beside(open + 1)}
        />
      )}
    </SelectionProvider>
  )
}
