import type { Id } from '#lib/base/ids'
import { isRefusal } from '#lib/base/refusal'
import { getListableApp, type ListableAppPage } from '#lib/domain/allowlist/get-listable-app'
import type { UserActor } from '#lib/domain/permissions/actor'
import { looksLikeClientId } from './client-id.ts'

export type ToAdd = { clientId: string; app: ListableAppPage | null; error?: string }

const MALFORMED = 'That is no client ID: it has 32 letters and digits, or is an https address.'

/** The app somebody wants to add, by the client ID they gave; what is wrong with the ID stands beneath its field. */
export async function findToAdd(
  actor: UserActor,
  rootOrganizationId: Id<'organization'>,
  clientId: string | undefined,
): Promise<ToAdd> {
  if (!clientId) return { clientId: '', app: null }
  if (!looksLikeClientId(clientId)) return { clientId, app: null, error: MALFORMED }
  try {
    return { clientId, app: await getListableApp(actor, { rootOrganizationId, clientId }) }
  } catch (thrown) {
    if (isRefusal(thrown) && thrown.fields.clientId)
      return { clientId, app: null, error: thrown.fields.clientId }
    throw thrown
  }
}
