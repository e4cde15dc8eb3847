import { isId } from '#lib/base/ids'
import { type Act, isEventName, isNoun, nounOf } from '#lib/domain/audit/acts'
import type { EventFiltersInput } from '#lib/domain/audit/schema'
import { isDay, startOfDay } from '../../../../../days.ts'
import { readUrlQuery, type SearchParams, type UrlQuery } from '../../../../url-query.ts'

export const FILTER_KEYS = ['q', 'person', 'app', 'about', 'act', 'when', 'from', 'until'] as const
const KEYS = [...FILTER_KEYS, 'after', 'before', 'event'] as const
export type FilterKey = (typeof FILTER_KEYS)[number]
/** What the page reads of its URL: what is looked for, which page of it, and the event whose details are open. */
export type Query = UrlQuery<(typeof KEYS)[number]>

/** How far back a preset reaches; `days` stands for two days of one's own. */
export const WHEN: Readonly<Record<string, { label: string; hours: number }>> = {
  '24h': { label: 'Last 24 hours', hours: 24 },
  '7d': { label: 'Last 7 days', hours: 7 * 24 },
  '30d': { label: 'Last 30 days', hours: 30 * 24 },
  '90d': { label: 'Last 90 days', hours: 90 * 24 },
}

export function readQuery(params: SearchParams): Query {
  return readUrlQuery(KEYS, params)
}

/** What is looked for, without the page and the details. */
export function filtersOfQuery(query: Query): UrlQuery<FilterKey> {
  return Object.fromEntries(FILTER_KEYS.flatMap((key) => (query[key] ? [[key, query[key]]] : [])))
}

export function isNarrowed(query: Query): boolean {
  return Object.keys(filtersOfQuery(query)).length > 0
}

/** What to ask for. A value that no filter has is left out rather than refused: URLs are edited by hand. */
export function eventFilters(query: Query, timeZone: string, now: number): EventFiltersInput {
  return {
    search: query.q?.slice(0, 200),
    personId: isId('user', query.person) ? query.person : undefined,
    appId: isId('app', query.app) ? query.app : undefined,
    act: actOf(query),
    ...timeOf(query, timeZone, now),
  }
}

/** One act, if it belongs to what is chosen under About; else all of that. */
export function actOf({ about, act }: Query): Act | undefined {
  const noun = isNoun(about) ? about : undefined
  return isEventName(act) && (!noun || nounOf(act) === noun) ? act : noun
}

function timeOf({ when, from, until }: Query, timeZone: string, now: number) {
  const preset = WHEN[when ?? '']
  if (preset) return { from: new Date(now - preset.hours * 3_600_000).toISOString() }
  if (when !== 'days') return {}
  return {
    from: isDay(from) ? startOfDay(from, timeZone).toISOString() : undefined,
    until: isDay(until) ? startOfDay(until, timeZone, 1).toISOString() : undefined,
  }
}
