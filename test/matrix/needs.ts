import { type Holder, PERMISSIONS, type Permission, type Row } from '#lib/domain/permissions/catalogue'
import { activePerson, type Caller, type PlaceName } from './callers.ts'

/*
 * What the permission catalogue says of a call, worked out from its rows and from the table of people alone. It asks
 * nothing of the code it judges: no `may`, no `check`, no database.
 */

/** What comes of a call: it is done, it finds nothing of what it asks for, or it is refused. */
export type Outcome = 'done' | 'nothing' | 'conflict' | 'forbidden' | 'not-found' | 'unauthenticated'

type Asked = { permission: Permission; place: PlaceName }

/** What a call needs: its verdict on a caller, and the permissions it asks for, so that an app can be given their scopes. */
export type Need = { judge: (caller: Caller, asks: readonly Asked[]) => Outcome; asks: readonly Asked[] }

/** A thing one holds a permission on: where it is, and what lets somebody know that it is there. */
type Thing = {
  place: PlaceName | null
  seenBy: Permission | null
  /** What everybody without the permission hears, where nobody is to tell one "no" from another. */
  alike?: 'forbidden' | 'not-found'
  /** An app knows the organizations chosen for it, so one that is not is forbidden and never absent. */
  isPlace?: true
}

/** An app in Sales, of the developer who owns the apps. */
export const APP: Thing = { place: 'sales', seenBy: 'connected-apps.view' }
/** The business group Sales. */
export const GROUP: Thing = { place: 'sales', seenBy: 'organizations.view', isPlace: true }
/** The business group below it, and the one beside it. */
export const GROUP_BELOW: Thing = { place: 'field', seenBy: 'organizations.view', isPlace: true }
export const SIBLING: Thing = { place: 'support', seenBy: 'organizations.view', isPlace: true }
/** Sales with all below it as a tree: whoever may not ask for it is not told that there is one. */
export const BRANCH: Thing = {
  place: 'sales',
  seenBy: 'organizations.list-business-groups',
  isPlace: true,
}
/** The settings of Sales: to whoever may not change them they are not there. */
export const SETTINGS: Thing = { place: 'sales', seenBy: 'organizations.update', isPlace: true }
/** The apps of Sales as a list: whoever may not ask for it is not told that there is one. */
const APPS_OF_GROUP: Thing = { place: 'sales', seenBy: 'connected-apps.list', isPlace: true }
const APPS_OF_GROUP_BELOW: Thing = { place: 'field', seenBy: 'connected-apps.list', isPlace: true }
/** The root organization, and what belongs to it: policy, allowlist, installations, authorizations, audit log. */
export const ROOT: Thing = { place: 'north', seenBy: 'organizations.view', isPlace: true }
/** An API of the root organization, and its scopes. */
export const API: Thing = { place: 'north', seenBy: 'apis.view' }
/** The account of a person who is at home in the root organization. */
export const ACCOUNT: Thing = { place: 'north', seenBy: 'organizations.list-people' }
/** A group of people of the root organization. */
export const PEOPLE_GROUP: Thing = { place: 'north', seenBy: 'groups.view' }
/** An invitation to the root organization. */
export const INVITATION: Thing = { place: 'north', seenBy: 'invitations.list' }
/** What a member said yes to. */
export const AUTHORIZATION: Thing = { place: 'north', seenBy: 'authorizations.list' }
/** An approval request, to those who answer it and to those who ask. */
export const REQUEST: Thing = { place: 'north', seenBy: null, alike: 'forbidden' }
export const OWN_REQUEST: Thing = { place: 'north', seenBy: null, alike: 'not-found' }
/** What is no organization's: the deployment itself. */
export const DEPLOYMENT: Thing = { place: null, seenBy: null, alike: 'forbidden' }

/** The permission, on that thing. */
export function needs(permission: Permission, thing: Thing): Need {
  const place = thing.place ?? 'north'
  return {
    asks: [{ permission, place }],
    judge: (caller, asks) => {
      if (holds(caller, permission, thing.place, asks)) return 'done'
      if (thing.alike) return thing.alike
      if (caller.kind === 'app' && thing.isPlace) return 'forbidden'
      const sees = thing.seenBy !== null && holds(caller, thing.seenBy, thing.place, asks)
      return sees ? 'forbidden' : absentTo(caller)
    },
  }
}

/** A rule beside the catalogue, for what is somebody's own and needs no permission. */
export function only(isThem: (caller: Caller) => boolean, otherwise: Outcome | 'absent'): Need {
  const no = (caller: Caller) => (otherwise === 'absent' ? absentTo(caller) : otherwise)
  return { asks: [], judge: (caller) => (isThem(caller) ? 'done' : no(caller)) }
}

/** People alone: an app is refused before anything else, for itself and for a person. */
export function peopleOnly(need: Need): Need {
  return {
    asks: need.asks,
    judge: (caller, asks) => (caller.kind === 'person' ? need.judge(caller, asks) : 'forbidden'),
  }
}

/** All of them, in this order: the first that is missing says no. Whoever holds the first knows that the thing is there. */
export function all(first: Need, ...more: readonly Need[]): Need {
  return {
    asks: [first, ...more].flatMap(({ asks }) => asks),
    judge: (caller, asks) => {
      const outcome = first.judge(caller, asks)
      if (outcome !== 'done') return outcome
      return more.every((need) => need.judge(caller, asks) === 'done') ? 'done' : 'forbidden'
    },
  }
}

/** Any of them; to whoever has none, the last says no. */
export function any(...enough: readonly Need[]): Need {
  return {
    asks: enough.flatMap(({ asks }) => asks),
    judge: (caller, asks) => {
      const outcomes = enough.map((need) => need.judge(caller, asks))
      return outcomes.includes('done') ? 'done' : (outcomes.at(-1) ?? 'done')
    },
  }
}

/** The permission, somewhere in Sales or below it. */
export function needsInBranch(permission: Permission): Need {
  return any(needs(permission, APPS_OF_GROUP_BELOW), needs(permission, APPS_OF_GROUP))
}

/** A list that answers whoever may ask for it, and shows the thing only to whoever may see that; an act on what is listed meets nothing. */
export function lists(list: Need, shown: Need, nothing: 'nothing' | 'conflict' = 'nothing'): Need {
  return {
    asks: [...list.asks, ...shown.asks],
    judge: (caller, asks) => {
      const outcome = list.judge(caller, asks)
      if (outcome !== 'done') return outcome
      return shown.judge(caller, asks) === 'done' ? 'done' : nothing
    },
  }
}

/** Owned Apps of Sales and below it: for whoever may list apps in any of these. */
export const LIST_APPS: Need = needsInBranch('connected-apps.list')

/** What changes in Sales, below it and in its root: for whoever may see any of it. */
export const FOLLOW_CHANGES: Need = any(
  needs('authorizations.list', ROOT),
  needs('allowlist.review', ROOT),
  needs('audit.view', ROOT),
  needsInBranch('organizations.list-people'),
  needsInBranch('organizations.list-business-groups'),
  needsInBranch('apis.view'),
  LIST_APPS,
)

/** The people of Sales: for whoever may see those of Sales, or of a group below it. */
export const LIST_PEOPLE: Need = any(
  needs('organizations.list-people', GROUP_BELOW),
  needs('organizations.list-people', GROUP),
)

/** Nobody is refused: what it shows is the caller's own. */
export const ANYONE: Need = only(() => true, 'done')

export const outcomeFor = (caller: Caller, need: Need): Outcome => need.judge(caller, need.asks)

const EVERY_SCOPE = [...new Set(Object.values(PERMISSIONS).flatMap(({ scope }) => scope ?? []))]

/** The scopes an app is given, each with its place. For what no app may do, it gets every scope there is. */
export function scopesHeld(
  caller: Exclude<Caller, { kind: 'person' }>,
  asks: readonly Asked[],
): { scope: string; place: PlaceName }[] {
  const isElsewhere = caller.held === 'with the scope elsewhere'
  const at = (place: PlaceName): PlaceName =>
    !isElsewhere ? place : caller.kind === 'app' ? 'support' : 'elsewhere'
  const named = asks.flatMap(({ permission, place }) => {
    const { scope } = PERMISSIONS[permission]
    return (scope === null ? EVERY_SCOPE : [scope]).map((one) => ({ scope: one, place: at(place) }))
  })
  if (caller.held !== 'without the scope') return named
  const meant = new Set(asks.map(({ permission }) => PERMISSIONS[permission].scope))
  const others = EVERY_SCOPE.filter((scope) => !meant.has(scope))
  const places = [...new Set(asks.map(({ place }) => place))]
  return places.flatMap((place) => others.map((scope) => ({ scope, place })))
}

const PARENT: Partial<Record<PlaceName, PlaceName>> = { field: 'sales', sales: 'north', support: 'north' }

function upwards(place: PlaceName): PlaceName[] {
  const parent = PARENT[place]
  return parent ? [place, ...upwards(parent)] : [place]
}

function holds(
  caller: Caller,
  permission: Permission,
  place: PlaceName | null,
  asks: readonly Asked[],
): boolean {
  const { scope, heldBy, never }: Row = PERMISSIONS[permission]
  if (caller.kind !== 'person') {
    const held = scopesHeld(caller, asks).filter((one) => one.scope === scope)
    if (caller.kind === 'app') return !never?.includes('own') && held.some((one) => one.place === place)
    const isHere = place === null || caller.held !== 'with the scope elsewhere'
    if (held.length === 0 || !isHere) return false
  }
  return heldBy.some((holder: Holder) => isHolder(caller, holder, place))
}

function isHolder(caller: Caller, holder: Holder, place: PlaceName | null): boolean {
  const person = activePerson(caller)
  if (!person) return false
  if (holder === 'operator') return person.isOperator === true
  if (place === null) return false
  const above = upwards(place)
  const rootRole = person.roles[above.at(-1) as PlaceName]
  const has = (role: 'administrator' | 'developer') => above.some((one) => person.roles[one] === role)
  switch (holder) {
    case 'administrator':
      return has('administrator')
    case 'root-administrator':
      return rootRole === 'administrator'
    case 'root-owner':
      return rootRole === 'administrator' && person.isRootOwner === true
    case 'developer':
      return has('developer')
    case 'owning-developer':
      return has('developer') && person.ownsApps === true
    case 'member':
      return rootRole !== undefined
    case 'reviewer':
      return person.isReviewer === true && above.at(-1) === 'north'
    case 'placed':
      return person.roles[place] !== undefined
  }
}

/** Whoever governs somewhere hears "not found" of what is out of their reach; everybody else that none of it is for them. */
function absentTo(caller: Caller): Outcome {
  return governsAnywhere(caller) ? 'not-found' : 'forbidden'
}

function governsAnywhere(caller: Caller): boolean {
  if (caller.kind === 'app') return true
  const roles = Object.values(activePerson(caller)?.roles ?? {})
  return roles.includes('administrator') || roles.includes('developer')
}
