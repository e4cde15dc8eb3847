import { type Id, isId } from '#lib/base/ids'
import { SECRET_STANDINGS } from '#lib/domain/connected-apps/limits'
import type { AppSelection, ListOwnedAppsInput, OwnedAppsFilters } from '#lib/domain/connected-apps/schema'
import { readUrlQuery, type SearchParams, type UrlQuery, urlWith } from '../../../../../url-query.ts'

/** The list as its URL says it: only what differs from the plain list. */
export type ListQuery = UrlQuery<QueryKey>
type QueryKey = 'q' | FilterKey | 'sort' | 'after'
export type FilterKey =
  | 'type'
  | 'residence'
  | 'owner'
  | 'secret'
  | 'scope'
  | 'state'
  | 'host'
  | 'open'
  | 'origin'
export type Sort = NonNullable<ListOwnedAppsInput['sort']>

export const FILTER_KEYS: readonly FilterKey[] = [
  'type',
  'residence',
  'owner',
  'secret',
  'scope',
  'state',
  'host',
  'open',
  'origin',
]
const KEYS: readonly QueryKey[] = ['q', ...FILTER_KEYS, 'sort', 'after']

/** Reads the list's part of a URL. */
export function readQuery(params: SearchParams): ListQuery {
  return readUrlQuery(KEYS, params)
}

/** The URL of the list changed in some way; any change but of the page begins at the first page. */
export function listHref(path: string, query: ListQuery, change: ListQuery): string {
  return urlWith(path, query, { after: undefined, ...change })
}

/** Whether anything narrows the list down. */
export function isNarrowed(query: ListQuery): boolean {
  return query.q !== undefined || FILTER_KEYS.some((key) => query[key] !== undefined)
}

/** In which order the list stands. */
export function sortOf(query: ListQuery): Sort {
  return oneOf(query.sort, ['name', 'last-used', 'created']) ?? 'name'
}

/** What to ask for, on one page. A value that no filter has is left out rather than refused: URLs are edited by hand. */
export function listInput(organizationId: Id<'organization'>, query: ListQuery): ListOwnedAppsInput {
  return { organizationId, sort: sortOf(query), cursor: query.after, ...matchingOf(query) }
}

/** Search and filters, whatever the page and the order. */
export function matchingOf(query: ListQuery): NonNullable<AppSelection['matching']> {
  const filters: OwnedAppsFilters = {
    actsAs: oneOf(query.type, ['user', 'itself']),
    residenceIds: residencesIn(query),
    ownerId: isId('user', query.owner) ? query.owner : undefined,
    secret: oneOf(query.secret, SECRET_STANDINGS),
    isRotationDue: query.secret === 'due' ? true : undefined,
    scope: query.scope?.slice(0, 100),
    state: oneOf(query.state, ['enabled', 'disabled']),
    redirectHost: query.host?.slice(0, 200),
    audience: oneOf(query.open, ['internal', 'everyone']),
    origin: oneOf(query.origin, ['console', 'api', 'dynamic-registration']),
  }
  return { search: query.q?.slice(0, 200), filters }
}

/** The residences chosen, with commas between them in the URL. */
export function residencesIn(query: ListQuery): Id<'organization'>[] | undefined {
  const ids = (query.residence ?? '').split(',').filter((id) => isId('organization', id))
  return ids.length > 0 ? (ids.slice(0, 100) as Id<'organization'>[]) : undefined
}

function oneOf<T extends string>(value: string | undefined, known: readonly T[]): T | undefined {
  return known.find((one) => one === value)
}
