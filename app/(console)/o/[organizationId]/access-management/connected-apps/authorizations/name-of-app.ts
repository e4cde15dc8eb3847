import type { Id } from '#lib/base/ids'
import { isRefusal } from '#lib/base/refusal'
import { getAuthorizedApp } from '#lib/domain/authorizations/get-authorized-app'
import type { UserActor } from '#lib/domain/permissions/actor'

/** The name of an app that a list is filtered by. Null for one that was deleted, or never here. */
export async function nameOfApp(
  actor: UserActor,
  rootOrganizationId: Id<'organization'>,
  appId: Id<'app'>,
): Promise<string | null> {
  try {
    return (await getAuthorizedApp(actor, { rootOrganizationId, appId })).app.name
  } catch (thrown) {
    if (isRefusal(thrown) && thrown.code === 'not-found') return null
    throw thrown
  }
}
