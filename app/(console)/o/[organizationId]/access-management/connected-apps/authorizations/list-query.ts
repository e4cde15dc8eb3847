import type { UrlQuery } from '../../../../../url-query.ts'

/** What the page reads of its URL: the list, the app whose details are open, and what of them is shown. */
export const KEYS = ['q', 'sort', 'show', 'after', 'app', 'person', 'people', 'find', 'people-after'] as const
export type Query = UrlQuery<(typeof KEYS)[number]>

/** The list without details. */
export function ofList({ q, sort, show, after }: Query): Query {
  return { q, sort, show, after }
}
