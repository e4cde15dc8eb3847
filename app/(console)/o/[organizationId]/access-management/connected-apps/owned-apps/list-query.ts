import { type Id, isId } from '#lib/base/ids'
import type { ListOwnedAppsInput } from '#lib/domain/connected-apps/schema'
import { readUrlQuery, type SearchParams, type UrlQuery, urlWith } from '../../../../../url-query.ts'

/** The list as its URL says it: only what differs from the plain list. */
export type ListQuery = UrlQuery<QueryKey>
type QueryKey = 'q' | FilterKey | 'sort' | 'after'
export type FilterKey = 'type' | 'residence' | 'owner' | 'state' | 'secret' | 'open' | 'origin'

export const FILTER_KEYS: readonly FilterKey[] = [
  'type',
  'residence',
  'owner',
  'state',
  'secret',
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

/** What to ask for. A value that no filter has is left out rather than refused: URLs are edited by hand. */
export function listInput(organizationId: Id<'organization'>, query: ListQuery): ListOwnedAppsInput {
  return {
    organizationId,
    search: query.q?.slice(0, 200),
    sort: query.sort === 'last-used' ? 'last-used' : 'name',
    cursor: query.after,
    filters: {
      actsAs: oneOf(query.type, ['user', 'itself']),
      residenceId: isId('organization', query.residence) ? query.residence : undefined,
      ownerId: isId('user', query.owner) ? query.owner : undefined,
      state: oneOf(query.state, ['enabled', 'disabled']),
      audience: oneOf(query.open, ['internal', 'everyone']),
      origin: oneOf(query.origin, ['console', 'api', 'dynamic-registration']),
      isRotationDue: query.secret === 'due' ? true : undefined,
    },
  }
}

function oneOf<T extends string>(value: string | undefined, known: readonly T[]): T | undefined {
  return known.find((one) => one === value)
}
