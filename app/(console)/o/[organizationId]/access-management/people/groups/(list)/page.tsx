import type { Metadata } from 'next'
import { counted } from '#components/connected-apps/app-words'
import { ListSearch } from '#components/connected-apps/list-search'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Pager } from '#components/ui/pager'
import { Toolbar } from '#components/ui/section'
import { NameCell, Row, RowLink, TableBox, Td, Th } from '#components/ui/table'
import type { Id } from '#lib/base/ids'
import { type GroupListed, listGroups } from '#lib/domain/people/list-groups'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { readUrlQuery, type SearchParams, urlWith } from '../../../../../../url-query.ts'
import { groupPath, groupsPath } from '../../../../paths.ts'
import { NewGroup } from './new-group.tsx'

export const metadata: Metadata = { title: 'Groups' }

type Props = { params: Promise<{ organizationId: Id<'organization'> }>; searchParams: Promise<SearchParams> }

/** The groups of people of the root organization. */
export default async function GroupsPage({ params, searchParams }: Props) {
  const { organizationId } = await params
  const query = readUrlQuery(['q', 'after'], await searchParams)
  const path = groupsPath(organizationId)
  const actor = await requireActor(urlWith(path, query))
  const { groups, total, next } = await shown(
    listGroups(actor, {
      rootOrganizationId: organizationId,
      search: query.q?.slice(0, 200),
      cursor: query.after,
    }),
  )
  const create = <NewGroup organizationId={organizationId} path={path} />
  if (total === 0 && !query.q) {
    return (
      <EmptyState title="No groups yet" act={create}>
        A group names people together, so that a team is chosen in one step wherever people are chosen. It
        gives nobody a role; a business group is something else.
      </EmptyState>
    )
  }
  return (
    <>
      <Toolbar>
        <ListSearch
          label="Search groups"
          placeholder="Name or description"
          path={path}
          value={query.q ?? ''}
          className="w-full sm:w-64"
        />
        <span className="ml-auto flex items-center gap-4 text-ink-2">
          <span role="status">{counted(total, 'group')}</span>
          {create}
        </span>
      </Toolbar>
      {groups.length === 0 ? (
        <EmptyState title="No group matches" act={<ButtonLink href={path}>Clear the search</ButtonLink>}>
          Search finds part of a name or of a description.
        </EmptyState>
      ) : (
        <GroupTable groups={groups} organizationId={organizationId} />
      )}
      <Pager
        label="Pages of groups"
        nextHref={next ? urlWith(path, { q: query.q, after: next }) : undefined}
        firstHref={query.after ? urlWith(path, { q: query.q }) : undefined}
      >
        {next ? `The first ${groups.length} shown.` : null}
      </Pager>
    </>
  )
}

function GroupTable({ groups, organizationId }: { groups: GroupListed[]; organizationId: string }) {
  return (
    <TableBox label="Groups">
      <thead>
        <tr>
          <Th>Group</Th>
          <Th numeric>People</Th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <Row key={group.id}>
            <Td className="w-full max-w-0">
              <NameCell
                name={
                  <RowLink href={groupPath(organizationId, group.id)} className="truncate">
                    {group.name}
                  </RowLink>
                }
                detail={group.description && <span className="block truncate">{group.description}</span>}
              />
            </Td>
            <Td numeric>{group.people.toLocaleString('en')}</Td>
          </Row>
        ))}
      </tbody>
    </TableBox>
  )
}
