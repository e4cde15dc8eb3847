import type { Id } from '#lib/base/ids'
import { countBlockedApps } from '#lib/domain/installations/count-blocked-apps'
import { listBlockedApps } from '#lib/domain/installations/list-blocked-apps'
import type { UserActor } from '#lib/domain/permissions/actor'
import { shown } from '#lib/gateways/console/refuse'
import { urlWith } from '../../../../../url-query.ts'
import { AppDetails } from './app-details.tsx'
import { BlockedList } from './blocked-list.tsx'
import { ofList, type Query } from './list-query.ts'

type Props = {
  actor: UserActor
  organizationId: Id<'organization'>
  path: string
  query: Query
  /** How many are blocked, whatever is searched for. */
  blocked: number
}

/** What is blocked here, and the details of one of them beside it. */
export async function Blocked({ actor, organizationId, path, query, blocked }: Props) {
  const wanted = { rootOrganizationId: organizationId, search: query.q?.slice(0, 200) }
  const [list, total] = await Promise.all([
    shown(listBlockedApps(actor, { ...wanted, cursor: query.after })),
    query.q ? shown(countBlockedApps(actor, wanted)) : blocked,
  ])
  const appIds = list.rows.map((row) => row.appId)
  const hrefOf = (appId: string) => urlWith(path, { ...ofList(query), app: appId })
  const open = appIds.indexOf(query.app as Id<'app'>)
  const beside = (at: number) => (open >= 0 && appIds[at] ? hrefOf(appIds[at]) : undefined)
  return (
    <>
      <BlockedList list={list} total={total} path={path} query={query} hrefOf={hrefOf} />
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
    </>
  )
}
