import { errors } from 'oidc-provider'
import { requestIfAny } from '../../base/request-context.ts'
import { countSignIn, forgiveSignIn } from '../../domain/users/count-sign-in.ts'

/**
 * Looks a user code up, unless too many wrong ones came from this address (RFC 8628 §5.1): it is short, so that people
 * can type it. Counted like sign-ins, for every process at once; a right one takes its count back.
 */
export async function triedUserCode<T>(find: () => Promise<T | undefined>): Promise<T | undefined> {
  const ip = requestIfAny()?.ip ?? 'nowhere'
  const attempt = { account: `user codes from ${ip}`, ip }
  if ((await countSignIn(attempt)) > 0)
    throw new errors.SlowDown('too many codes were tried from this address')
  const found = await find()
  if (found !== undefined) await forgiveSignIn(attempt)
  return found
}
