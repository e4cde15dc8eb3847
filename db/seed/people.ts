import { eq, inArray } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { memberships } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import type { Id } from '#lib/base/ids'
import { type Clock, idAt, later } from './moments.ts'
import type { Organization } from './organizations.ts'
import { marksOf, readTable } from './read-table.ts'
import { type Named, named } from './world.ts'

export type Role = 'administrator' | 'developer' | 'member'

/** Places are `organization=role`; one in a business group brings a member's place in its root organization. The first root is home. */
const PEOPLE = readTable(
  ['key', 'name', 'since', 'places', 'state'],
  `
  olivia  | Olivia Grant    | 546d |                                          | operator
  priya   | Priya Raman     | 545d | northwind=administrator                  |
  aisha   | Aisha Khan      | 544d | northwind=administrator                  |
  ines    | Ines Okafor     | 541d | finance=administrator                    |
  hana    | Hana Sato       | 540d | logistics=administrator                  |
  viktor  | Viktor Halvorsen| 470d | warehousing=administrator                |
  amara   | Amara Nwosu     | 539d | care=administrator                       |
  daniel  | Daniel Osei     | 540d | northwind=developer                      |
  lucas   | Lucas Moreau    | 535d | northwind=developer                      |
  kenji   | Kenji Watanabe  | 460d | logistics=developer                      |
  rosa    | Rosa Delgado    | 525d | finance=developer                        |
  maya    | Maya Lindqvist  | 530d | finance=member                           |
  jonas   | Jonas Weber     | 528d | finance=member                           |
  grace   | Grace Adeyemi   | 402d | finance=member                           |
  pavel   | Pavel Novak     | 251d | finance=member                           |
  sofia   | Sofia Marques   | 529d | logistics=member                         |
  emeka   | Emeka Obi       | 388d | logistics=member                         |
  lena    | Lena Hoffmann   | 300d | logistics=member                         |
  mateo   | Mateo Silva     | 96d  | logistics=member                         |
  yusuf   | Yusuf Demir     | 468d | warehousing=member                       |
  anna    | Anna Kowalska   | 455d | warehousing=member                       |
  liam    | Liam Byrne      | 330d | warehousing=member                       |
  mei     | Mei Chen        | 61d  | warehousing=member                       |
  fatima  | Fatima Zahra    | 512d | care=member                              |
  oscar   | Oscar Nilsson   | 433d | care=member                              |
  julia   | Julia Rossi     | 275d | care=member sales=member                 |
  samuel  | Samuel Kim      | 140d | care=member                              |
  henry   | Henry Clarke    | 520d | sales=member                             |
  isabel  | Isabel Torres   | 399d | sales=developer                          |
  ravi    | Ravi Patel      | 26d  | northwind=member                         |
  ben     | Ben Carver      | 490d | logistics=member                         | deactivated=17d
  tom     | Tom Becker      | 540d | northwind=developer finance=administrator| left=21d
  clara   | Clara Jensen    | 515d | care=member                              | left=132d
  elif    | Elif Arslan     | 538d | kestrel=administrator                    |
  marcus  | Marcus Reid     | 500d | kestrel=administrator                    |
  noah    | Noah Fischer    | 495d | kestrel=developer northwind=member       |
  tara    | Tara Singh      | 305d | labs=developer                           |
  hugo    | Hugo Bauer      | 410d | platform=member                          |
  leila   | Leila Haddad    | 122d | kestrel=member                           |
  stefan  | Stefan Krüger   | 530d | parcelwise=administrator                 |
  dana    | Dana Whitfield  | 529d | sheetbridge=administrator                |
  owen    | Owen Gallagher  | 511d | deskline=administrator                   |
  ingrid  | Ingrid Solberg  | 377d | meetly=administrator                     |
`,
)

export type Person = {
  key: string
  id: Id<'user'>
  fullName: string
  username: string
  email: string
  since: Date
  /** Role by organization key, as given; the plain place in a root is in `roots`. */
  places: ReadonlyMap<string, Role>
  /** The keys of the root organizations the person has a place in, home first. */
  roots: readonly string[]
  isOperator: boolean
  deactivatedAt: Date | null
  leftAt: Date | null
  /** Where the person usually is. */
  ip: string
}

const MOVE_IN = 60_000

export function castPeople(clock: Clock, organizations: Named<Organization>): Named<Person> {
  return new Map(
    PEOPLE.map(({ key, name, since, places, state }, place) => {
      const given = marksOf(places) as Map<string, Role>
      const marks = marksOf(state)
      const username = usernameOf(name)
      const joinedAt = clock.ago(since)
      const person: Person = {
        key,
        id: idAt('user', joinedAt),
        fullName: name,
        username,
        email: `${username}@example.com`,
        since: joinedAt,
        places: given,
        roots: [...new Set([...given.keys()].map((at) => named(organizations, at).root))],
        isOperator: marks.has('operator'),
        deactivatedAt: clock.agoOrNever(marks.get('deactivated') ?? '-'),
        leftAt: clock.agoOrNever(marks.get('left') ?? '-'),
        ip: `${place % 2 ? '203.0.113' : '198.51.100'}.${20 + place}`,
      }
      return [key, person]
    }),
  )
}

function usernameOf(name: string): string {
  const plain = name.toLowerCase().replaceAll('ü', 'ue').normalize('NFD')
  return plain.replaceAll(/[^a-z ]/g, '').replaceAll(' ', '.')
}

/** Makes the accounts; those named in `passwordHashes` can sign in. Their homes come later: organizations need owners first. */
export async function insertPeople(
  tx: Transaction,
  cast: Named<Person>,
  passwordHashes: Named<string>,
): Promise<void> {
  await tx.insert(users).values(
    [...cast.values()].map(
      ({ key, id, username, email, fullName, since, isOperator, deactivatedAt, leftAt }) => ({
        id,
        username,
        email,
        fullName,
        passwordHash: passwordHashes.get(key),
        operatorSince: isOperator ? since : null,
        createdAt: since,
        deactivatedAt,
        endedAt: leftAt,
        endedReason: leftAt && 'left',
      }),
    ),
  )
}

/** Gives everyone their places and their home. */
export async function insertPlaces(
  tx: Transaction,
  cast: Named<Person>,
  organizations: Named<Organization>,
): Promise<void> {
  const people = [...cast.values()]
  await tx.insert(memberships).values(people.flatMap((person) => placesOf(person, organizations)))
  for (const organization of organizations.values()) {
    const residents = people.filter(({ roots }) => roots[0] === organization.key).map(({ id }) => id)
    if (residents.length > 0) {
      await tx.update(users).set({ homeOrganizationId: organization.id }).where(inArray(users.id, residents))
    }
  }
  for (const { id, leftAt } of people) {
    if (leftAt) {
      await tx
        .update(memberships)
        .set({ endedAt: leftAt, endedBy: named(cast, 'priya').id, endedReason: 'account-ended' })
        .where(eq(memberships.userId, id))
    }
  }
}

function placesOf(person: Person, organizations: Named<Organization>) {
  const plain = person.roots.map((root): [string, Role] => [root, 'member'])
  return [...new Map([...plain, ...person.places])].map(([key, role]) => {
    const organization = named(organizations, key)
    const createdAt = joinedAt(person, organization)
    const { rootOrganizationId } = organization
    return {
      id: idAt('membership', createdAt),
      userId: person.id,
      organizationId: organization.id,
      rootOrganizationId,
      role,
      createdAt,
    }
  })
}

/** When a person got their place there: soon after their account, never before the organization itself. */
export function joinedAt(person: Person, organization: Organization): Date {
  return later(new Date(Math.max(person.since.getTime(), organization.since.getTime())), MOVE_IN)
}
