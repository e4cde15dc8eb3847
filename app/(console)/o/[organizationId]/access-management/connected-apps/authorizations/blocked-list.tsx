import { ListSearch } from '#components/connected-apps/list-search'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Pager } from '#components/ui/pager'
import { RelativeTime } from '#components/ui/relative-time'
import { Toolbar } from '#components/ui/section'
import { NameCell, Row, RowLink, TableBox, Td, Th } from '#components/ui/table'
import { countText } from '#lib/base/bounded-count'
import type { listBlockedApps } from '#lib/domain/installations/list-blocked-apps'
import { AppPicture } from '../../../../../../app-picture.tsx'
import { urlWith } from '../../../../../url-query.ts'
import type { Query } from './list-query.ts'
import { Unblock } from './unblock.tsx'

type Props = {
  list: Awaited<ReturnType<typeof listBlockedApps>>
  /** How many match, on all pages. */
  total: number
  path: string
  query: Query
  hrefOf: (appId: string) => string
}

/** What nobody here can authorize, whatever the policy says, until it is unblocked. */
export function BlockedList({ list, total, path, query, hrefOf }: Props) {
  if (total === 0 && !query.q)
    return (
      <EmptyState
        title="Nothing is blocked"
        act={<ButtonLink href={path}>Back to what is in use</ButtonLink>}
      >
        An app that you block stands here until you unblock it.
      </EmptyState>
    )
  const first = { show: query.show, q: query.q }
  return (
    <>
      <Toolbar>
        <ListSearch
          label="Search blocked apps"
          placeholder="App, publisher or client ID"
          path={path}
          kept={{ show: query.show }}
          value={query.q ?? ''}
          className="w-full sm:w-64"
        />
        <p role="status" className="ml-auto text-ink-2">
          {countText(total)} {total === 1 ? 'app' : 'apps'}
        </p>
      </Toolbar>
      {list.rows.length === 0 ? (
        <EmptyState
          title="No blocked app matches"
          act={<ButtonLink href={urlWith(path, { show: query.show })}>Clear the search</ButtonLink>}
        >
          Search finds part of an app’s or a publisher’s name, and a whole client ID.
        </EmptyState>
      ) : (
        <TableBox label="Blocked apps">
          <thead>
            <tr>
              <Th>App</Th>
              <Th from="narrow">Blocked</Th>
              <Th from="medium">By</Th>
              <Th hiddenLabel="Acts" />
            </tr>
          </thead>
          <tbody>
            {list.rows.map((row) => (
              <Row key={row.appId} current={row.appId === query.app} className="@max-[26rem]:h-14">
                <Td className="max-w-0 @max-[26rem]:w-full @min-[26rem]:max-w-64">
                  <NameCell
                    lead={<AppPicture id={row.appId} name={row.name} />}
                    name={
                      <RowLink
                        href={hrefOf(row.appId)}
                        scroll={false}
                        aria-current={row.appId === query.app || undefined}
                        className="truncate"
                      >
                        {row.name}
                      </RowLink>
                    }
                    detail={
                      <span className="block truncate">
                        {row.isInternal ? 'Internal' : row.publisher}
                        <span className="@min-[26rem]:hidden">
                          {' '}
                          · <RelativeTime at={row.blockedAt} short />
                        </span>
                      </span>
                    }
                  />
                </Td>
                <Td from="narrow" muted>
                  <RelativeTime at={row.blockedAt} />
                </Td>
                <Td from="medium" muted className="max-w-40 truncate">
                  {row.blockedBy ?? 'An app'}
                </Td>
                <Td className="relative z-1 text-right">
                  <Unblock app={{ id: row.appId, name: row.name, people: 0 }} size="small" />
                </Td>
              </Row>
            ))}
          </tbody>
        </TableBox>
      )}
      <Pager
        label="Pages of blocked apps"
        nextHref={list.next ? urlWith(path, { ...first, after: list.next }) : undefined}
        firstHref={query.after ? urlWith(path, first) : undefined}
      >
        {list.next ? `The first ${list.rows.length} shown.` : null}
      </Pager>
    </>
  )
}
