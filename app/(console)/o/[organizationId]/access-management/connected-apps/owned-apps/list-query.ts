import type { Id } from '#lib/base/ids'
import type { ListOwnedAppsInput } from '#lib/domain/connected-apps/schema'

export type SearchParams = Record<string, string | string[] | undefined>
/** The list as its URL says it: only what differs from the plain list. */
export type ListQuery = Partial<Record<QueryKey, string>>
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
  const pairs = KEYS.map((key) => [key, [params[key]].flat()[0]?.trim()] as const)
  return Object.fromEntries(pairs.filter(([, value]) => value))
}

/** The URL of the list changed in some way; any change but of the page begins at the first page. */
export function listHref(path: string, query: ListQuery, change: ListQuery): string {
  const next = { ...query, after: undefined, ...change }
  const search = new URLSearchParams()
  for (const key of KEYS) if (next[key]) search.set(key, next[key])
  return search.size > 0 ? `${path}?${search}` : path
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
      residenceId: query.residence as Id<'organization'> | undefined,
      ownerId: query.owner as Id<'user'> | undefined,
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
