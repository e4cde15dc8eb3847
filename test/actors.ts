import type { Id } from '#lib/base/ids'
import type { AppActor, ScopeContext, SystemActor, UserActor } from '#lib/domain/permissions/actor'
import type { MadeApp, MadeOrganization, MadeUser } from '#test/factories'

/** The process itself, as the seed. */
export const SYSTEM: SystemActor = { kind: 'system', name: 'seed' }

/** A person in the console. */
export function as(user: MadeUser): UserActor {
  return { kind: 'user', userId: user.id, name: user.fullName, ip: '203.0.113.7', requestId: 'test' }
}

/** A person through an app that acts for them, in one root organization. */
export function asThrough(
  user: MadeUser,
  app: MadeApp,
  scopes: readonly string[],
  rootOrganizationId: Id<'organization'> = app.rootOrganizationId,
): UserActor {
  return { ...as(user), through: { appId: app.id, appName: app.name, scopes, rootOrganizationId } }
}

/** An app with a token of its own: these scopes, in these organizations. */
export function asApp(
  app: MadeApp,
  scopes: readonly string[],
  ...places: readonly MadeOrganization[]
): AppActor {
  const contexts: ScopeContext[] = scopes.flatMap((scope) =>
    places.map((place) => ({ scope, organizationId: place.id })),
  )
  return { kind: 'app', appId: app.id, name: app.name, contexts }
}
