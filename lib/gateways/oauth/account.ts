import type { Account, AccountClaims, KoaContextWithOIDC } from 'oidc-provider'
import { isId } from '../../base/ids.ts'
import { findPerson } from '../../domain/users/find-person.ts'

/** Which claims each scope brings (OpenID Connect Core §5.4). E-mail addresses are not verified here, so nothing says they are. */
export const CLAIMS = {
  openid: ['sub'],
  profile: ['name', 'preferred_username'],
  email: ['email'],
}

/**
 * The person behind a session or token. Whether they still have an account was settled by whoever found the session or
 * the token, a moment ago; their names are read only when they are told.
 */
export async function findAccount(_ctx: KoaContextWithOIDC, sub: string): Promise<Account | undefined> {
  if (!isId('user', sub)) return undefined
  return {
    accountId: sub,
    async claims(): Promise<AccountClaims> {
      const person = await findPerson(sub)
      if (!person) return { sub }
      return { sub, name: person.fullName, preferred_username: person.username, email: person.email }
    },
  }
}
