import { environment } from '#lib/base/env'
import { ownApiAudience } from '#lib/domain/connected-apps/sync-built-in-scopes'
import { currentActor } from '#lib/gateways/console/actor'
import { handleRest } from '#lib/gateways/rest/handle-rest'

/** Our own API: every method goes to the gateway, which knows the addresses. */
function handle(request: Request): Promise<Response> {
  const audience = ownApiAudience(environment().publicUrl)
  return handleRest(request, { consoleActor: currentActor, audience })
}

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
}
