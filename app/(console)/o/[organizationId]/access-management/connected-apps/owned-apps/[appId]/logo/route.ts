import type { Id } from '#lib/base/ids'
import { LOGO_BYTES_MAX } from '#lib/domain/connected-apps/logo-formats'
import { setLogo } from '#lib/domain/connected-apps/set-logo'
import { answerUpload } from '#lib/gateways/console/answer-upload'

/** Takes a new logo of the app: the file itself is the body. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ appId: string }> },
): Promise<Response> {
  const { appId } = await params
  return answerUpload(request, LOGO_BYTES_MAX, (actor, picture) =>
    setLogo(actor, { appId: appId as Id<'app'>, picture }),
  )
}
