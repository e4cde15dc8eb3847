import { Network } from 'lucide-react'
import { ROLE } from '#components/connected-apps/app-words'
import { Chip } from '#components/ui/chip'
import { Meter } from '#components/ui/meter'
import { DateTime } from '#components/ui/relative-time'
import { Section } from '#components/ui/section'
import { Row, TableBox, Td, Th } from '#components/ui/table'
import { quotaWords } from '#components/users/people-words'
import type { Id } from '#lib/base/ids'
import type { PersonDetails, PersonPlace } from '#lib/domain/people/get-person'
import { PlaceMenu } from './place-menu.tsx'

type Props = { person: PersonDetails; userId: Id<'user'> }

/** Where the person has which role, held there or coming from above, and how much of a developer's quota is used. */
export function Places({ person, userId }: Props) {
  return (
    <Section
      title="Places and roles"
      hint="A role holds in its organization and in every business group below it."
    >
      <TableBox label="Places and roles">
        <thead>
          <tr>
            <Th>Place</Th>
            <Th>Role</Th>
            <Th from="medium">Apps there and below</Th>
            <Th from="wide">Since</Th>
            <Th hiddenLabel="Acts" className="w-10" />
          </tr>
        </thead>
        <tbody>
          {person.places.map((place) => (
            <PlaceRow key={place.organizationId} place={place} person={person} userId={userId} />
          ))}
        </tbody>
      </TableBox>
    </Section>
  )
}

function PlaceRow({ place, person, userId }: Props & { place: PersonPlace }) {
  const may = (permission: PersonPlace['abilities'][number]) => place.abilities.includes(permission)
  const isOwners = place.isRoot && person.isOwner
  return (
    <Row>
      <Td className="max-w-48 truncate font-medium">
        <span className="inline-flex items-center gap-2">
          <Network className="size-3.5 shrink-0 text-muted" aria-hidden />
          {place.organizationName}
        </span>
      </Td>
      <Td>
        <span className="inline-flex items-center gap-2">
          {ROLE[place.role]}
          {place.isInherited && <Chip outline>Inherited</Chip>}
        </span>
      </Td>
      <Td from="medium">
        <Quota place={place} />
      </Td>
      <Td from="wide" muted>
        <DateTime at={place.since} />
      </Td>
      <Td className="text-right">
        <PlaceMenu
          person={{ id: userId, name: person.fullName }}
          place={{
            id: place.organizationId,
            name: place.organizationName,
            isRoot: place.isRoot,
            role: place.role,
            appsMax: place.appsMax,
          }}
          mayChange={may('organizations.change-role') && !isOwners}
          mayRemove={may('organizations.remove-member') && !isOwners}
        />
      </Td>
    </Row>
  )
}

function Quota({ place: { isInherited, role, appsMax, appsOwned } }: { place: PersonPlace }) {
  if (isInherited || role === 'member') return <span className="text-muted">–</span>
  if (appsMax === null) return <span className="text-ink-2">{quotaWords(appsOwned, null)}</span>
  return <Meter value={appsOwned} max={appsMax} words={quotaWords(appsOwned, appsMax)} />
}
