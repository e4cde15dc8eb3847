import { environment } from '#lib/base/env'
import { ownApiAudience } from '#lib/domain/connected-apps/sync-built-in-scopes'
import { handleAnypoint } from '#lib/gateways/anypoint/handle-anypoint'

/** The shape scripts written for Anypoint speak: every method goes to the gateway, which knows the addresses. */
function handle(request: Request): Promise<Response> {
  return handleAnypoint(request, { audience: ownApiAudience(environment().publicUrl) })
}

export { handle as DELETE, handle as GET, handle as HEAD, handle as PATCH, handle as POST, handle as PUT }
