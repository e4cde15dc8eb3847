import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Pager } from '#components/ui/pager'
import { countText } from '#lib/base/bounded-count'
import type { AuthorizedAppsCount } from '#lib/domain/authorizations/count-authorized-apps'
import type { listAuthorizedApps } from '#lib/domain/authorizations/list-authorized-apps'
import { urlWith } from '../../../../../url-query.ts'
import { AuthorizationsToolbar } from './authorizations-toolbar.tsx'
import { AuthorizedTable } from './authorized-table.tsx'
import { LastUseBar } from './last-use-bar.tsx'
import { isNarrowed, ofList, type Query } from './list-query.ts'

type Props = {
  organizationId: string
  list: Awaited<ReturnType<typeof listAuthorizedApps>>
  count: AuthorizedAppsCount
  path: string
  query: Query
  hrefOf: (appId: string) => string
}

/** The apps that hold a living yes of somebody here. */
export function AuthorizedList({ organizationId, list, count, path, query, hrefOf }: Props) {
  if (count.total === 0 && !isNarrowed(query))
    return (
      <EmptyState title="Nobody has authorized an app yet">
        Once a member lets an app act for them, it stands here with what it can do, who uses it and when it
        was last used. From here you can remove or block it.
      </EmptyState>
    )
  const first = { ...ofList(query), after: undefined }
  return (
    <>
      <LastUseBar
        byLastUse={count.byLastUse}
        current={query.use}
        hrefOf={(use) => urlWith(path, { ...first, use })}
      />
      <AuthorizationsToolbar
        path={path}
        organizationId={organizationId}
        query={query}
        count={`${countText(count.total)} ${count.total === 1 ? 'app' : 'apps'}`}
      />
      {list.rows.length === 0 ? (
        <EmptyState
          title="No app matches"
          act={<ButtonLink href={path}>Clear search and filters</ButtonLink>}
        >
          Search finds part of an app’s, a publisher’s or a person’s name, and a whole client ID.
        </EmptyState>
      ) : (
        <AuthorizedTable rows={list.rows} path={path} query={query} hrefOf={hrefOf} />
      )}
      <Pager
        label="Pages of apps"
        nextHref={list.next ? urlWith(path, { ...ofList(query), after: list.next }) : undefined}
        firstHref={query.after ? urlWith(path, first) : undefined}
      >
        {list.next ? `The first ${list.rows.length} shown.` : null}
      </Pager>
    </>
  )
}
