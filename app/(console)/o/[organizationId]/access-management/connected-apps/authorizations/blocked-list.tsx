import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { RelativeTime } from '#components/ui/relative-time'
import { NameCell, Row, RowLink, TableBox, Td, Th } from '#components/ui/table'
import type { BlockedApp } from '#lib/domain/installations/list-blocked-apps'
import { AppPicture } from '../../../../../../app-picture.tsx'
import { Unblock } from './unblock.tsx'

type Props = {
  rows: readonly BlockedApp[]
  path: string
  currentAppId?: string
  hrefOf: (appId: string) => string
}

/** What nobody here can authorize, whatever the policy says, until it is unblocked. */
export function BlockedList({ rows, path, currentAppId, hrefOf }: Props) {
  if (rows.length === 0)
    return (
      <EmptyState
        title="Nothing is blocked"
        act={<ButtonLink href={path}>Back to what is in use</ButtonLink>}
      >
        An app that you block stands here until you unblock it.
      </EmptyState>
    )
  return (
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
        {rows.map((row) => (
          <Row key={row.appId} current={row.appId === currentAppId} className="@max-[26rem]:h-14">
            <Td className="max-w-0 @max-[26rem]:w-full @min-[26rem]:max-w-64">
              <NameCell
                lead={<AppPicture id={row.appId} name={row.name} />}
                name={
                  <RowLink
                    href={hrefOf(row.appId)}
                    scroll={false}
                    aria-current={row.appId === currentAppId || undefined}
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
  )
}
