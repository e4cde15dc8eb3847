/** Who is there: each person by the places they have. The tree stands in `world.ts`. */
export type PlaceName = 'north' | 'sales' | 'field' | 'support' | 'elsewhere'
export type Role = 'administrator' | 'developer' | 'member'

export type Person = {
  roles: Partial<Record<PlaceName, Role>>
  /** Owns the root organization. */
  isRootOwner?: true
  /** Owns the apps in Sales. */
  ownsApps?: true
  /** Named by North to answer its requests. */
  isReviewer?: true
  isOperator?: true
  isDeactivated?: true
}

export const PEOPLE = {
  'root owner': { roles: { north: 'administrator' }, isRootOwner: true },
  'root administrator': { roles: { north: 'administrator', elsewhere: 'member' } },
  'group administrator': { roles: { north: 'member', sales: 'administrator' } },
  'administrator of the group below': { roles: { north: 'member', field: 'administrator' } },
  'administrator of a sibling group': { roles: { north: 'member', support: 'administrator' } },
  reviewer: { roles: { north: 'member', support: 'administrator' }, isReviewer: true },
  'developer who owns the apps': { roles: { north: 'member', sales: 'developer' }, ownsApps: true },
  'developer who owns none': { roles: { north: 'member', sales: 'developer' } },
  member: { roles: { north: 'member' } },
  guest: { roles: { north: 'member', elsewhere: 'administrator' } },
  stranger: { roles: { elsewhere: 'administrator' } },
  operator: { roles: {}, isOperator: true },
  'deactivated administrator': { roles: { north: 'administrator' }, isDeactivated: true },
} as const satisfies Record<string, Person>

export type PersonName = keyof typeof PEOPLE

/**
 * What an app holds: the scopes that the row names, all scopes but those, or those scopes where they are of no use here (a
 * person's in another root organization, its own in a sibling group).
 */
export type Held = 'with the scope' | 'without the scope' | 'with the scope elsewhere'

export type Caller = { name: string } & (
  | { kind: 'person'; person: PersonName }
  | { kind: 'through'; person: PersonName; held: Held }
  | { kind: 'app'; held: Held }
)

const names = Object.keys(PEOPLE) as PersonName[]

/** People whose app meets their own limits: what it may do is never more than they may. */
const WITH_AN_APP: readonly PersonName[] = [
  'root owner',
  'root administrator',
  'group administrator',
  'administrator of a sibling group',
  'reviewer',
  'developer who owns the apps',
  'member',
  'deactivated administrator',
]

const through = (person: PersonName, held: Held): Caller => ({
  name: `${person} through an app ${held}`,
  kind: 'through',
  person,
  held,
})
const app = (held: Held): Caller => ({ name: `app ${held}`, kind: 'app', held })

export const CALLERS: readonly Caller[] = [
  ...names.map((person): Caller => ({ name: person, kind: 'person', person })),
  ...WITH_AN_APP.map((person) => through(person, 'with the scope')),
  through('root administrator', 'without the scope'),
  through('root administrator', 'with the scope elsewhere'),
  app('with the scope'),
  app('without the scope'),
  app('with the scope elsewhere'),
]

/** Whether it is this person themselves, without an app between. */
export const isThemselves = (caller: Caller, person: PersonName): boolean =>
  caller.kind === 'person' && caller.person === person

/** The person behind it, unless there is none or their account is deactivated. */
export function activePerson(caller: Caller): Person | undefined {
  if (caller.kind === 'app') return undefined
  const person: Person = PEOPLE[caller.person]
  return person.isDeactivated ? undefined : person
}
