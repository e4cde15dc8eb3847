import { EmptyState } from '#components/ui/empty-state'
import { Pager } from '#components/ui/pager'
import { RelativeTime } from '#components/ui/relative-time'
import { Row, RowLink, TableBox, Td, Th } from '#components/ui/table'
import type { listRemovals } from '#lib/domain/installations/list-removals'
import { urlWith } from '../../../../../url-query.ts'
import { removalPath } from '../../../paths.ts'
import { AmountEnded } from './amount-ended.tsx'
import type { Query } from './list-query.ts'
import { removalTitle } from './removal-words.ts'

type Props = {
  organizationId: string
  list: Awaited<ReturnType<typeof listRemovals>>
  path: string
  query: Query
}

/** The receipts, the latest first: what was removed, by whom, how much that was. */
export function RemovalsList({ organizationId, list, path, query }: Props) {
  const first = { show: query.show, of: query.of }
  if (list.rows.length === 0 && !query.after)
    return (
      <EmptyState title="Nothing was removed yet">
        Whatever ends people’s authorizations leaves a receipt here: who did it, when, and what ended.
      </EmptyState>
    )
  return (
    <>
      <TableBox label="Removals">
        <thead>
          <tr>
            <Th>Removal</Th>
            <Th from="narrow" numeric>
              Ended
            </Th>
            <Th from="medium">By</Th>
            <Th numeric>When</Th>
          </tr>
        </thead>
        <tbody>
          {list.rows.map((row) => (
            <Row key={row.removalId} className="@max-[26rem]:h-14">
              <Td className="max-w-0 @max-[26rem]:w-full @min-[26rem]:max-w-96">
                <RowLink
                  href={removalPath(organizationId, row.removalId)}
                  prefetch={false}
                  className="block truncate font-medium"
                >
                  {removalTitle(row)}
                </RowLink>
                <span className="block truncate text-meta text-muted @min-[26rem]:hidden">
                  <AmountEnded organizationId={organizationId} removal={row} /> · {row.removedBy}
                </span>
              </Td>
              <Td from="narrow" numeric>
                <AmountEnded organizationId={organizationId} removal={row} />
              </Td>
              <Td from="medium" muted className="max-w-40 truncate">
                {row.removedBy}
              </Td>
              <Td numeric muted>
                <RelativeTime at={row.removedAt} short />
              </Td>
            </Row>
          ))}
        </tbody>
      </TableBox>
      <Pager
        label="Pages of removals"
        nextHref={list.next ? urlWith(path, { ...first, after: list.next }) : undefined}
        firstHref={query.after ? urlWith(path, first) : undefined}
      >
        {list.next ? `The first ${list.rows.length} shown.` : null}
      </Pager>
    </>
  )
}
