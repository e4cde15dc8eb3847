import { readJson } from '../../base/read-json.ts'
import { visitor } from '../../base/visitor.ts'
import { arePasswordsTraded } from '../../domain/users/are-passwords-traded.ts'
import { tradePassword } from '../../domain/users/trade-password.ts'
import { type VerifySignInInput, verifySignIn } from '../../domain/users/verify-sign-in.ts'
import { AnypointProblem } from './problem.ts'
import type { Answer } from './route.ts'

const OFF =
  'This Gatehouse does not trade passwords for tokens. Use a connected app: its client credentials, or a code.'

/**
 * Trades a username and password for a token of the person's own, where the person's organization allows it. Guessed at, it
 * is as slow as the sign-in page, whose count it shares; where nobody allows it, no password is looked at.
 */
export async function logIn(request: Request): Promise<Answer> {
  if (request.method !== 'POST') {
    throw new AnypointProblem(405, 'This address takes POST.', { Allow: 'POST' })
  }
  if (!(await arePasswordsTraded())) throw new AnypointProblem(403, OFF)
  const { username, password } = await readJson(request)
  const { userId } = await verifySignIn(visitor(), { login: username, password } as VerifySignInInput)
  const { token } = await tradePassword(visitor(), userId)
  return { body: { access_token: token, token_type: 'bearer', redirectUrl: '/' } }
}
