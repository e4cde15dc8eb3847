/** What Next gives a page of its URL's query. */
export type SearchParams = Record<string, string | string[] | undefined>
/** The query of a page as far as it knows it: only what is set. */
export type UrlQuery<Key extends string> = Partial<Record<Key, string>>

/** Reads the keys that a page knows; of a key that stands there twice, the first. */
export function readUrlQuery<Key extends string>(keys: readonly Key[], params: SearchParams): UrlQuery<Key> {
  const query: UrlQuery<Key> = {}
  for (const key of keys) {
    const value = [params[key]].flat()[0]?.trim()
    if (value) query[key] = value
  }
  return query
}

/** The page's URL with its query changed; `undefined` takes a key out. */
export function urlWith<Key extends string>(
  path: string,
  query: UrlQuery<Key>,
  change: UrlQuery<Key> = {},
): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries<string | undefined>({ ...query, ...change })) {
    if (value) search.set(key, value)
  }
  return search.size > 0 ? `${path}?${search}` : path
}
