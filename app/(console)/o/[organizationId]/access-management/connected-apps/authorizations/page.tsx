import type { Metadata } from 'next'
import { SegmentNav } from '#components/ui/tab-nav'
import type { Id } from '#lib/base/ids'
import { countAuthorizedApps } from '#lib/domain/authorizations/count-authorized-apps'
import { listAuthorizedApps } from '#lib/domain/authorizations/list-authorized-apps'
import { listBlockedApps } from '#lib/domain/installations/list-blocked-apps'
import { getOrganization } from '#lib/domain/organizations/get-organization'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { readUrlQuery, type SearchParams, urlWith } from '../../../../../url-query.ts'
import { authorizationsPath } from '../../../paths.ts'
import { ActsProvider } from './acts.tsx'
import { AppDetails } from './app-details.tsx'
import { AuthorizedList } from './authorized-list.tsx'
import { BlockedList } from './blocked-list.tsx'
import { filtersOf, KEYS, ofList, sortOf } from './list-query.ts'

export const metadata: Metadata = { title: 'Authorizations' }

type Props = { params: Promise<{ organizationId: Id<'organization'> }>; searchParams: Promise<SearchParams> }

/** Which apps the organization's people authorized, and the details of one beside them. */
export default async function AuthorizationsPage({ params, searchParams }: Props) {
  const { organizationId } = await params
  const query = readUrlQuery(KEYS, await searchParams)
  const path = authorizationsPath(organizationId)
  const actor = await requireActor(urlWith(path, query))
  const isBlocked = query.show === 'blocked'
  const [list, count, blocked, organization] = await Promise.all([
    isBlocked
      ? null
      : shown(
          listAuthorizedApps(actor, {
            rootOrganizationId: organizationId,
            ...filtersOf(query),
            sort: sortOf(query),
            cursor: query.after,
          }),
        ),
    isBlocked
      ? null
      : shown(countAuthorizedApps(actor, { rootOrganizationId: organizationId, ...filtersOf(query) })),
    shown(listBlockedApps(actor, { rootOrganizationId: organizationId })),
    shown(getOrganization(actor, organizationId)),
  ])
  const appIds = (list?.rows ?? blocked).map((row) => row.appId)
  const hrefOf = (appId: string) => urlWith(path, { ...ofList(query), app: appId })
  const open = appIds.indexOf(query.app as Id<'app'>)
  const beside = (at: number) => (open >= 0 && appIds[at] ? hrefOf(appIds[at]) : undefined)
  return (
    <ActsProvider organization={{ id: organizationId, name: organization.name }}>
      {blocked.length > 0 && (
        <SegmentNav
          label="Authorizations"
          tabs={[
            { label: 'In use', href: path, current: !isBlocked },
            {
              label: 'Blocked',
              href: urlWith(path, { show: 'blocked' }),
              current: isBlocked,
              count: blocked.length,
            },
          ]}
        />
      )}
      {list && count ? (
        <AuthorizedList
          organizationId={organizationId}
          list={list}
          count={count}
          path={path}
          query={query}
          hrefOf={hrefOf}
        />
      ) : (
        <BlockedList rows={blocked} path={path} currentAppId={query.app} hrefOf={hrefOf} />
      )}
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
    </ActsProvider>
  )
}
