import { counted } from '#components/connected-apps/app-words'
import { ListSearch } from '#components/connected-apps/list-search'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Pager } from '#components/ui/pager'
import { Toolbar } from '#components/ui/section'
import { TextLink } from '#components/ui/text-link'
import type { listAuthorizedApps } from '#lib/domain/authorizations/list-authorized-apps'
import { urlWith } from '../../../../../url-query.ts'
import { AuthorizedTable } from './authorized-table.tsx'
import { ofList, type Query } from './list-query.ts'

type Props = {
  list: Awaited<ReturnType<typeof listAuthorizedApps>>
  path: string
  query: Query
  hrefOf: (appId: string) => string
}

/** The apps that hold a living yes of somebody here. */
export function AuthorizedList({ list, path, query, hrefOf }: Props) {
  if (list.total === 0 && !query.q)
    return (
      <EmptyState title="Nobody has authorized an app yet">
        Once a member lets an app act for them, it stands here with what it can do, who uses it and when it
        was last used. From here you can remove or block it.
      </EmptyState>
    )
  return (
    <>
      <Toolbar count={counted(list.total, query.q ? 'match' : 'app', query.q ? 'matches' : 'apps')}>
        <ListSearch
          label="Search authorizations"
          placeholder="App, publisher or person"
          path={path}
          kept={{ sort: query.sort }}
          value={query.q ?? ''}
          className="w-full sm:w-64"
        />
      </Toolbar>
      {list.rows.length === 0 ? (
        <EmptyState title="No app matches" act={<ButtonLink href={path}>Clear the search</ButtonLink>}>
          Search finds part of an app’s, a publisher’s or a person’s name, and a whole client ID.
        </EmptyState>
      ) : (
        <AuthorizedTable rows={list.rows} path={path} query={query} hrefOf={hrefOf} />
      )}
      <Pager
        label="Pages of apps"
        nextHref={list.next ? urlWith(path, { ...ofList(query), after: list.next }) : undefined}
      >
        {query.after ? (
          <TextLink href={urlWith(path, { ...ofList(query), after: undefined })}>
            Back to the first page
          </TextLink>
        ) : list.next ? (
          `The first ${list.rows.length} shown.`
        ) : null}
      </Pager>
    </>
  )
}
