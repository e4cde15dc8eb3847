import { type Id, isId } from '#lib/base/ids'
import type { CountPeopleInput, ListPeopleInput } from '#lib/domain/people/schema'
import { readUrlQuery, type SearchParams, type UrlQuery, urlWith } from '../../../../url-query.ts'

/** The list as its URL says it: only what differs from the plain list. */
export type ListQuery = UrlQuery<'q' | FilterKey | 'after'>
export type FilterKey = 'role' | 'place' | 'state'

export const FILTER_KEYS: readonly FilterKey[] = ['role', 'place', 'state']

/** Reads the list's part of a URL. */
export function readQuery(params: SearchParams): ListQuery {
  return readUrlQuery(['q', ...FILTER_KEYS, 'after'], params)
}

/** The URL of the list changed in some way; any change but of the page begins at the first page. */
export function listHref(path: string, query: ListQuery, change: ListQuery): string {
  return urlWith(path, query, { after: undefined, ...change })
}

/** Whether anything narrows the list down. */
export function isNarrowed(query: ListQuery): boolean {
  return query.q !== undefined || FILTER_KEYS.some((key) => query[key] !== undefined)
}

/** Which page to ask for. */
export function listInput(organizationId: Id<'organization'>, query: ListQuery): ListPeopleInput {
  return { ...countInput(organizationId, query), cursor: query.after }
}

/** What to ask for. A value that no filter has is left out rather than refused: URLs are edited by hand. */
export function countInput(organizationId: Id<'organization'>, query: ListQuery): CountPeopleInput {
  return {
    organizationId,
    search: query.q?.slice(0, 200),
    filters: {
      role: (['administrator', 'developer', 'member'] as const).find((role) => role === query.role),
      placeId: isId('organization', query.place) ? query.place : undefined,
      state: (['active', 'deactivated', 'guest'] as const).find((state) => state === query.state),
    },
  }
}
