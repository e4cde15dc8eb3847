import { FORM_TOKEN_FIELD } from '#lib/base/form-token'

/** The hidden field without which a form of ours is refused. The page makes the token; script is not needed. */
export function FormToken({ token }: { token: string }) {
  return <input type="hidden" name={FORM_TOKEN_FIELD} value={token} />
}
