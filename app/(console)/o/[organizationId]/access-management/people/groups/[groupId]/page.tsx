import type { Metadata } from 'next'
import { cache } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { ListSearch } from '#components/connected-apps/list-search'
import { PageHeader } from '#components/shell/page-header'
import { Avatar } from '#components/ui/avatar'
import { Breadcrumb } from '#components/ui/breadcrumb'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Pager } from '#components/ui/pager'
import { RelativeTime } from '#components/ui/relative-time'
import { Toolbar } from '#components/ui/section'
import { NameCell, Row, RowLink, TableBox, Td, Th } from '#components/ui/table'
import type { Id } from '#lib/base/ids'
import { getGroup } from '#lib/domain/people/get-group'
import { type GroupPerson, listGroupPeople } from '#lib/domain/people/list-group-people'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { readUrlQuery, type SearchParams, urlWith } from '../../../../../../url-query.ts'
import { groupPath, groupsPath, peoplePath, personPath } from '../../../../paths.ts'
import { GroupActs } from './group-acts.tsx'
import { TakeOut } from './take-out.tsx'

type Ids = { organizationId: Id<'organization'>; groupId: Id<'group'> }
type Props = { params: Promise<Ids>; searchParams: Promise<SearchParams> }

const shownGroup = cache(async (groupId: Id<'group'>) => shown(getGroup(await requireActor(), groupId)))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await shownGroup((await params).groupId)
  return { title: name }
}

/** One group: what it is for and who is in it. */
export default async function GroupPage({ params, searchParams }: Props) {
  const { organizationId, groupId } = await params
  const query = readUrlQuery(['q', 'after'], await searchParams)
  const path = groupPath(organizationId, groupId)
  const actor = await requireActor(urlWith(path, query))
  const [group, { people, next }] = await Promise.all([
    shownGroup(groupId),
    shown(listGroupPeople(actor, { groupId, search: query.q?.slice(0, 200), cursor: query.after })),
  ])
  return (
    <>
      <PageHeader
        where={
          <Breadcrumb
            label="Where this group is"
            steps={[
              { label: 'People', href: peoplePath(organizationId) },
              { label: 'Groups', href: groupsPath(organizationId) },
            ]}
          />
        }
        title={group.name}
        meta={group.description && <p className="max-w-2xl whitespace-pre-line">{group.description}</p>}
        acts={
          <GroupActs
            organizationId={organizationId}
            group={{ id: groupId, name: group.name, description: group.description, version: group.version }}
            people={group.people}
            listHref={groupsPath(organizationId)}
          />
        }
      />
      {group.people === 0 && !query.q ? (
        <EmptyState title="Nobody is in this group yet">
          Add people of the organization. Being in a group gives nobody a role; it only names them together.
        </EmptyState>
      ) : (
        <>
          <Toolbar count={counted(group.people, 'person', 'people')}>
            <ListSearch
              label="Search this group"
              placeholder="Name, username or e-mail"
              path={path}
              value={query.q ?? ''}
              className="w-full sm:w-64"
            />
          </Toolbar>
          {people.length === 0 ? (
            <EmptyState title="Nobody matches" act={<ButtonLink href={path}>Clear the search</ButtonLink>}>
              Search finds part of a name, of a username or of an e-mail address.
            </EmptyState>
          ) : (
            <PeopleOfGroup people={people} organizationId={organizationId} group={group} />
          )}
        </>
      )}
      <Pager
        label="Pages of people"
        nextHref={next ? urlWith(path, { q: query.q, after: next }) : undefined}
        firstHref={query.after ? urlWith(path, { q: query.q }) : undefined}
      />
    </>
  )
}

type PeopleProps = {
  people: GroupPerson[]
  organizationId: Id<'organization'>
  group: { id: Id<'group'>; name: string }
}

function PeopleOfGroup({ people, organizationId, group }: PeopleProps) {
  return (
    <TableBox label="People in this group">
      <thead>
        <tr>
          <Th>Person</Th>
          <Th from="wide">E-mail address</Th>
          <Th from="medium">Added</Th>
          <Th hiddenLabel="Acts" className="w-10" />
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <Row key={person.id}>
            <Td className="max-w-0 @max-[36rem]:w-full @min-[36rem]:max-w-64">
              <NameCell
                lead={<Avatar name={person.fullName} size="medium" />}
                name={
                  <RowLink href={personPath(organizationId, person.id)} prefetch={false} className="truncate">
                    {person.fullName}
                  </RowLink>
                }
                detail={<span className="block truncate">{person.username}</span>}
              />
            </Td>
            <Td from="wide" className="max-w-64 truncate">
              {person.email}
            </Td>
            <Td from="medium" muted>
              <RelativeTime at={person.addedAt} />
              {person.addedBy && <span className="text-muted"> by {person.addedBy}</span>}
            </Td>
            <Td className="relative z-1 text-right">
              <TakeOut group={group} person={{ id: person.id, name: person.fullName }} />
            </Td>
          </Row>
        ))}
      </tbody>
    </TableBox>
  )
}
