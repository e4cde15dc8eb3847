import { environment } from '#lib/base/env'
import type { Id } from '#lib/base/ids'
import { setSecretKey } from '#lib/base/secret-key'
import { declineRequest } from '#lib/domain/allowlist/decline-request'

/* A process that declines one request and dies the moment that is done, before anything of it was mailed. */
const { secretKey } = environment()
if (!secretKey) throw new Error('SECRET_KEY is the test’s.')
setSecretKey(secretKey)
const [requestId, userId] = process.argv.slice(2)
await declineRequest(
  { kind: 'user', userId: userId as Id<'user'>, name: 'Ada Berg' },
  { requestId: requestId as Id<'approvalRequest'>, reason: 'Not this year' },
)
process.kill(process.pid, 'SIGKILL')
