import { environment } from '../../base/env.ts'
import { Refusal } from '../../base/refusal.ts'

/**
 * Refuses more scopes than an app may have in this deployment. An app that has more, because the limit was lowered, keeps
 * them and may lose some, but gets no other.
 */
export function refuseTooManyScopes(wanted: readonly string[], held: readonly string[] = []): void {
  const max = environment().scopesPerAppMax
  const count = new Set(wanted).size
  if (count <= max || wanted.every((scope) => held.includes(scope))) return
  const most = max === 1 ? 'one scope' : `${max.toLocaleString('en')} scopes`
  const sentence = `An app has at most ${most}, and these are ${count.toLocaleString('en')}.`
  throw new Refusal('limit-reached', sentence, { scopes: sentence })
}
