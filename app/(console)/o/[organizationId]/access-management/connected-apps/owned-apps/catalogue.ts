import type { ScopeOffered } from '#lib/domain/connected-apps/list-scopes'
import type { CatalogueScope } from './catalogue-scope.ts'

/** The catalogue as the picker takes it; what an app has although nothing offers it any more stays in sight. */
export function catalogueOf(
  offered: readonly ScopeOffered[],
  held: readonly string[] = [],
): CatalogueScope[] {
  const known = new Set(offered.map(({ name }) => name))
  const gone = held.filter((name) => !known.has(name))
  return [
    ...offered.map(({ api, ...scope }) => ({ ...scope, apiName: api.name })),
    ...gone.map((name) => ({
      name,
      title: name,
      description: 'No API offers this any more.',
      risk: 'low' as const,
      needsOrganization: false,
      needsEnvironment: false,
      apiName: 'No longer offered',
    })),
  ]
}
