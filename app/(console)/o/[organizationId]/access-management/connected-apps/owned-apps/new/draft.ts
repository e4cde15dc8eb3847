import type { Context, PlaceChoice } from '#components/connected-apps/places-field'
import type { CreateAppInput } from '#lib/domain/connected-apps/schema'
import { type CatalogueScope, forItself } from '../catalogue-scope.ts'

/** What is typed and chosen before an app exists. Nothing is thrown away when its kind is changed back and forth. */
export type Draft = {
  organizationId: string
  name: string
  description: string
  website: string
  actsAs: 'user' | 'itself'
  clientType: 'server' | 'browser' | 'native'
  redirectUris: string[]
  scopes: string[]
  contexts: Context[]
  audience: 'internal' | 'everyone'
}

/** Signing people in is what nearly every app begins with; all else is chosen. */
export const EMPTY_DRAFT: Draft = {
  organizationId: '',
  name: '',
  description: '',
  website: '',
  actsAs: 'user',
  clientType: 'server',
  redirectUris: [''],
  scopes: ['openid', 'profile'],
  contexts: [],
  audience: 'internal',
}

/** The scopes an app of this kind may choose from. */
export function offeredTo({ actsAs }: Pick<Draft, 'actsAs'>, catalogue: readonly CatalogueScope[]) {
  return actsAs === 'itself' ? forItself(catalogue) : [...catalogue]
}

/** The places inside a residence. `parents` names each organization's parent. */
export function placedIn(
  places: readonly PlaceChoice[],
  parents: Readonly<Record<string, string | null>>,
  residenceId: string,
): PlaceChoice[] {
  const isInside = (id: string | null | undefined): boolean =>
    id != null && (id === residenceId || isInside(parents[id]))
  return places.filter(({ organizationId }) => isInside(organizationId))
}

/** What to ask for: only what applies to the kind chosen. */
export function draftInput(draft: Draft, catalogue: readonly CatalogueScope[]): CreateAppInput {
  const { organizationId, name, description, actsAs, audience } = draft
  const names = new Set(offeredTo(draft, catalogue).map((scope) => scope.name))
  const scopes = draft.scopes.filter((scope) => names.has(scope))
  const common = { organizationId, name, description, website: draft.website || null, actsAs, scopes }
  const input =
    actsAs === 'itself'
      ? { ...common, contexts: draft.contexts.filter(({ scope }) => scopes.includes(scope)) }
      : {
          ...common,
          clientType: draft.clientType,
          redirectUris: draft.redirectUris.filter(Boolean),
          audience,
        }
  return input as CreateAppInput
}
