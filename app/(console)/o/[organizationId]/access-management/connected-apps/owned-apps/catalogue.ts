import type { ScopeOffered } from '#lib/domain/connected-apps/list-scopes'
import type { CatalogueScope } from './catalogue-scope.ts'

/** The catalogue as the picker takes it; what an app has although nothing offers it any more stays in sight, as risky as anything unknown. */
export function catalogueOf(
  offered: readonly ScopeOffered[],
  held: readonly string[] = [],
): CatalogueScope[] {
  const known = new Set(offered.map(({ name }) => name))
  const gone = held.filter((name) => !known.has(name))
  const inOrder = offered.toSorted((one, other) => placeOf(one) - placeOf(other))
  return [
    ...inOrder.map(({ api, ...scope }) => ({ ...scope, apiName: api.name })),
    ...gone.map((name) => ({
      name,
      title: name,
      description: 'No API offers this any more.',
      risk: 'high' as const,
      needsOrganization: false,
      needsEnvironment: false,
      apiName: 'No longer offered',
    })),
  ]
}

/** Signing in first, then the organization's own APIs; what governs this console itself stands last: few need it. */
function placeOf({ api, needsOrganization }: ScopeOffered): number {
  if (!api.isBuiltIn) return 1
  return needsOrganization ? 2 : 0
}
