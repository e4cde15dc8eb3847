import { isId } from '#lib/base/ids'
import type { AuthorizedAppsFilters } from '#lib/domain/authorizations/schema'
import type { UrlQuery } from '../../../../../url-query.ts'
import { lastUseOf } from './last-use.ts'

/** By what the list is narrowed down. */
export const FILTER_KEYS = ['scope', 'risk', 'listing', 'kind', 'state', 'use', 'first'] as const
export type FilterKey = (typeof FILTER_KEYS)[number]

/** What the page reads of its URL: the list, the app whose details are open, and what of them is shown. */
export const KEYS = [
  'q',
  ...FILTER_KEYS,
  'sort',
  'show',
  'after',
  'of',
  'user',
  'app',
  'person',
  'people',
  'find',
  'people-after',
  'families-after',
] as const
export type Query = UrlQuery<(typeof KEYS)[number]>

/** Which of the lists is shown. */
export function viewOf({ show }: Query) {
  return oneOf(show, ['people', 'blocked', 'removals']) ?? 'apps'
}

/** The list without details. */
export function ofList({ app: _, person: __, people: ___, find: ____, user: _____, ...query }: Query): Query {
  return { ...query, 'people-after': undefined, 'families-after': undefined }
}

/** Search and filters, whatever the page and the order. A value that no filter has is left out: URLs are edited by hand. */
export function filtersOf(query: Query): AuthorizedAppsFilters {
  const kind = oneOf(query.kind, ['internal', 'foreign'])
  const state = oneOf(query.state, ['frozen', 'disabled', 'working', 'held-to-networks'])
  const first = Number(oneOf(query.first, ['7', '30', '90', '365']))
  return {
    search: query.q?.slice(0, 200),
    scope: query.scope?.slice(0, 200),
    risk: oneOf(query.risk, ['low', 'medium', 'high']),
    listing: oneOf(query.listing, ['listed', 'asks-more', 'internal', 'not-listed']),
    isInternal: kind && kind === 'internal',
    isFrozen: state === 'frozen' ? true : state === 'working' ? false : undefined,
    isHeldToNetworks: state === 'held-to-networks' || undefined,
    isDisabled: state === 'disabled' ? true : state === 'working' ? false : undefined,
    firstAuthorizedWithinDays: first || undefined,
    ...lastUseOf(query.use),
  }
}

/** Whether anything narrows the list down. */
export function isNarrowed(query: Query): boolean {
  return query.q !== undefined || FILTER_KEYS.some((key) => query[key] !== undefined)
}

export function sortOf({ sort }: Query) {
  return oneOf(sort, ['name', 'people']) ?? 'last-used'
}

export function peopleSortOf({ sort }: Query) {
  return oneOf(sort, ['last-used', 'apps']) ?? 'name'
}

/** What the list by person is narrowed down by. */
export function peopleFiltersOf({ q, of, use }: Query) {
  return {
    search: q?.slice(0, 200),
    appId: isId('app', of) ? of : undefined,
    unusedForDays: lastUseOf(use).unusedForDays,
  }
}

function oneOf<T extends string>(value: string | undefined, known: readonly T[]): T | undefined {
  return known.find((one) => one === value)
}
