import { ROLE } from '#components/connected-apps/app-words'
import { Avatar } from '#components/ui/avatar'
import { Chip } from '#components/ui/chip'
import { RelativeTime } from '#components/ui/relative-time'
import { NameCell, Row, RowLink, TableBox, Td, Th } from '#components/ui/table'
import type { Id } from '#lib/base/ids'
import type { PersonListed } from '#lib/domain/people/list-people'
import { personPath } from '../../../paths.ts'
import { PersonState } from '../person-state.tsx'
import { RowMenu } from './row-menu.tsx'

type Props = {
  people: PersonListed[]
  organization: { id: Id<'organization'>; name: string; isRoot: boolean }
  mayRemove: boolean
}

/** One row a person. On a phone the second line says what the columns say elsewhere. */
export function PeopleTable({ people, organization, mayRemove }: Props) {
  return (
    <TableBox label="People">
      <thead>
        <tr>
          <Th>Person</Th>
          <Th from="narrow">Role</Th>
          <Th from="wide" numeric>
            Apps
          </Th>
          <Th from="wide">State</Th>
          <Th from="medium">Last signed in</Th>
          <Th hiddenLabel="Acts" className="w-10" />
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <PersonRow key={person.id} person={person} organization={organization} mayRemove={mayRemove} />
        ))}
      </tbody>
    </TableBox>
  )
}

function PersonRow({ person, organization, mayRemove }: Omit<Props, 'people'> & { person: PersonListed }) {
  const href = personPath(organization.id, person.id)
  const isHeld = person.places.some((place) => !place.isInherited)
  return (
    <Row className="@max-[26rem]:h-14">
      <Td className="max-w-0 @max-[26rem]:w-full @min-[26rem]:max-w-64">
        <NameCell
          lead={<Avatar name={person.fullName} size="medium" />}
          name={
            // Fifty rows are not fetched ahead: one of them is opened.
            <RowLink href={href} prefetch={false} className="truncate">
              {person.fullName}
            </RowLink>
          }
          marks={person.isOwner && <Chip outline>Owner</Chip>}
          detail={
            <>
              <span className="block truncate @max-[26rem]:hidden">{person.username}</span>
              <span className="block truncate @min-[26rem]:hidden">
                <Roles person={person} />
              </span>
            </>
          }
        />
      </Td>
      <Td from="narrow" className="max-w-64 truncate">
        <Roles person={person} />
      </Td>
      <Td from="wide" numeric>
        {person.appsOwned > 0 ? person.appsOwned.toLocaleString('en') : <span className="text-muted">–</span>}
      </Td>
      <Td from="wide">
        <PersonState state={person.state} />
      </Td>
      <Td from="medium" muted>
        {person.state === 'guest' ? (
          <span title="Known to the organization that is their home">Elsewhere</span>
        ) : (
          <RelativeTime at={person.lastSignedInAt} />
        )}
      </Td>
      <Td className="relative z-1 text-right">
        <RowMenu
          person={{ id: person.id, name: person.fullName, email: person.email }}
          organization={organization}
          href={href}
          mayRemove={mayRemove && isHeld && !(person.isOwner && organization.isRoot)}
        />
      </Td>
    </Row>
  )
}

/** The strongest role and where it is held; a plain place in the whole organization is said only where there is no other. */
function Roles({ person }: { person: PersonListed }) {
  const others = person.places.filter((place) => !place.isRoot || place.role !== 'member')
  const [first, ...more] = others.length > 0 ? others : person.places
  if (!first) return null
  return (
    <>
      {ROLE[first.role]}{' '}
      <span className="text-muted">
        {first.isInherited ? `from ${first.organizationName}` : first.organizationName}
        {more.length > 0 && `, +${more.length}`}
      </span>
    </>
  )
}
