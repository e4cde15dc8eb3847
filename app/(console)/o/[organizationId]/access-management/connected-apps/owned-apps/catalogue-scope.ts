import type { PlacedScope } from '#components/connected-apps/places-field'
import type { ScopeChoice } from '#components/connected-apps/scope-picker'

/** A scope of the catalogue with what it asks of an app that acts for itself. */
export type CatalogueScope = ScopeChoice & PlacedScope & { needsOrganization: boolean }

const ABOUT_PEOPLE = new Set(['openid', 'email', 'offline_access'])
/** What such an app holds without asking: its own identity. */
export const HELD_ANYWAY = 'profile'

/** What is said above the scopes of an app acting for itself. */
export const FOR_ITSELF_HINT =
  'What the app may do by itself. Choose a scope, then the places where it is good.'

/** What an app acting for itself may choose: nothing about people who sign in, and not what it holds anyway. */
export function forItself(catalogue: readonly CatalogueScope[]): CatalogueScope[] {
  return catalogue.filter((scope) => !ABOUT_PEOPLE.has(scope.name) && scope.name !== HELD_ANYWAY)
}
