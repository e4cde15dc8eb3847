import { SelectRow, SelectShown } from '#components/connected-apps/selection'
import { DateTime, RelativeTime } from '#components/ui/relative-time'
import { RiskBars } from '#components/ui/risk-bars'
import { NameCell, Row, RowLink, TableBox, Td, Th } from '#components/ui/table'
import { countText } from '#lib/base/bounded-count'
import type { AuthorizedAppRow } from '#lib/domain/authorizations/list-authorized-apps'
import { AppPicture } from '../../../../../../app-picture.tsx'
import { urlWith } from '../../../../../url-query.ts'
import { AppState } from './app-state.tsx'
import { ofList, type Query, sortOf } from './list-query.ts'
import { RowMenu } from './row-menu.tsx'

type Props = {
  rows: readonly AuthorizedAppRow[]
  path: string
  query: Query
  hrefOf: (appId: string) => string
}

/** From here on “last use” stands beside the open drawer, too. */
const LAST_USE = 'hidden @min-[29rem]:table-cell'

/** One row an app. Beside the drawer the list drops columns; on a phone two lines say what they say. */
export function AuthorizedTable({ rows, path, query, hrefOf }: Props) {
  const sort = sortOf(query)
  const sortedBy = (sort: string | undefined) =>
    urlWith(path, { ...ofList(query), after: undefined, sort, app: query.app })
  return (
    <TableBox label="Authorizations">
      <thead>
        <tr>
          <Th className="w-8">
            <SelectShown />
          </Th>
          <Th sortHref={sortedBy('name')} sorted={sort === 'name' ? 'ascending' : undefined}>
            App
          </Th>
          <Th numeric sortHref={sortedBy('people')} sorted={sort === 'people' ? 'descending' : undefined}>
            People
          </Th>
          <Th from="wide">Risk</Th>
          <Th from="wide" numeric>
            Scopes
          </Th>
          <Th className="hidden @min-[24rem]:table-cell">Allowlist</Th>
          <Th from="widest">First use</Th>
          <Th
            className={LAST_USE}
            sortHref={sortedBy(undefined)}
            sorted={sort === 'last-used' ? 'descending' : undefined}
          >
            Last use
          </Th>
          <Th hiddenLabel="Acts" className="w-10" />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <AppRow key={row.appId} row={row} href={hrefOf(row.appId)} isOpen={row.appId === query.app} />
        ))}
      </tbody>
    </TableBox>
  )
}

function AppRow({ row, href, isOpen }: { row: AuthorizedAppRow; href: string; isOpen: boolean }) {
  return (
    <Row current={isOpen} className="has-[[data-select-row]:checked]:bg-accent-bg @max-[24rem]:h-14">
      <Td className="relative z-1">
        <SelectRow id={row.appId} name={row.name} />
      </Td>
      <Td className="max-w-0 @max-[24rem]:w-full @min-[24rem]:max-w-64">
        <NameCell
          lead={<AppPicture id={row.appId} name={row.name} />}
          name={
            <RowLink href={href} scroll={false} aria-current={isOpen || undefined} className="truncate">
              {row.name}
            </RowLink>
          }
          detail={
            <>
              <span className="block truncate @max-[24rem]:hidden">
                {row.isInternal ? 'Internal' : row.publisher}
              </span>
              <span className="flex flex-wrap items-center gap-x-3 @min-[24rem]:hidden">
                <AppState app={row} />
                <RelativeTime at={row.lastUsedAt} short />
              </span>
            </>
          }
        />
      </Td>
      <Td numeric>
        {countText(row.people)}
        {/* On a phone; beside open details, where there is no room for it, the details tell it. */}
        <span className="flex justify-end *:w-auto @min-[24rem]:hidden">
          <Risk of={row} />
        </span>
      </Td>
      <Td from="wide">
        <span className="flex">
          <Risk of={row} />
        </span>
      </Td>
      <Td from="wide" numeric>
        {row.people > 0 && row.scopes}
      </Td>
      <Td className="hidden @min-[24rem]:table-cell">
        <AppState app={row} />
      </Td>
      <Td from="widest" muted>
        <DateTime at={row.firstUsedAt} />
      </Td>
      <Td muted className={LAST_USE}>
        <RelativeTime at={row.lastUsedAt} short />
      </Td>
      <Td className="relative z-1 text-right">
        <RowMenu
          app={{
            id: row.appId,
            name: row.name,
            people: row.people,
            isFrozen: row.isFrozen,
            isListed: row.listing === 'listed' || row.listing === 'asks-more',
          }}
          href={href}
        />
      </Td>
    </Row>
  )
}

/** What nobody uses can do nothing. */
function Risk({ of: { people, risk } }: { of: AuthorizedAppRow }) {
  return people > 0 && <RiskBars level={risk} />
}
