import { errors } from 'oidc-provider'
import { isRefusal, type Refusal } from '../../base/refusal.ts'

/** How "no" sounds in OAuth: a refusal as the error the protocol has for it (RFC 6749 §4.1.2.1, §5.2). Anything else stays what it is. */
export function refusalAsError(thrown: unknown): unknown {
  return isRefusal(thrown) ? errorOf(thrown) : thrown
}

function errorOf({ code, sentence }: Refusal): errors.OIDCProviderError {
  switch (code) {
    case 'invalid':
    case 'conflict':
    case 'limit-reached':
      return new errors.InvalidRequest(sentence)
    case 'unauthenticated':
      return new errors.LoginRequired(sentence)
    case 'forbidden':
    case 'not-found':
    case 'expired':
      return new errors.AccessDenied(sentence)
    case 'unavailable':
      return new errors.TemporarilyUnavailable(sentence)
  }
}
