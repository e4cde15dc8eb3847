import type { DocumentedApi } from '#lib/domain/connected-apps/list-apis'

/** What matches: APIs by name, audience or words, with all of their scopes; otherwise those of their scopes that do. */
export function findIn(apis: readonly DocumentedApi[], search: string): DocumentedApi[] {
  const wanted = search.trim().toLowerCase()
  if (wanted === '') return [...apis]
  const holds = (...texts: string[]) => texts.some((text) => text.toLowerCase().includes(wanted))
  return apis.flatMap((api) => {
    if (holds(api.name, api.audience, api.description)) return [api]
    const scopes = api.scopes.filter(({ name, title, description }) => holds(name, title, description))
    return scopes.length > 0 ? [{ ...api, scopes }] : []
  })
}
