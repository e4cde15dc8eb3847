import type { Id } from '#lib/base/ids'
import { getAuthorizedApp } from '#lib/domain/authorizations/get-authorized-app'
import type { UserActor } from '#lib/domain/permissions/actor'
import { orNone } from '#lib/gateways/console/refuse'

/** The name of an app that a list is filtered by. Null for one that was deleted, or never here. */
export async function nameOfApp(
  actor: UserActor,
  rootOrganizationId: Id<'organization'>,
  appId: Id<'app'>,
): Promise<string | null> {
  return (await orNone(getAuthorizedApp(actor, { rootOrganizationId, appId })))?.app.name ?? null
}
