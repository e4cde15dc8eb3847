import { transaction } from '#db/client'
import { enqueueJob } from '#db/jobs'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Origin } from '../permissions/actor.ts'
import { countSignIn } from './count-sign-in.ts'
import { findPersonCalled } from './find-person-called.ts'
import { type RequestPasswordResetInput, requestPasswordResetSchema } from './schema.ts'
import { tooManyAttempts } from './too-many-attempts.ts'

/**
 * A visitor forgot their password: a link goes to the account's address, if there is such an account and it is active. Whether
 * there is nobody learns here, neither by the answer nor by its time: a job is left either way, and it does the rest
 * (`mailPasswordReset`). Refuses too many wishes for one login or from one address, known or not.
 */
export async function requestPasswordReset(visitor: Origin, input: RequestPasswordResetInput): Promise<void> {
  const { login } = parse(requestPasswordResetSchema, input)
  const waitSeconds = await countSignIn({ account: `reset ${login.toLowerCase()}`, ip: visitor.ip })
  if (waitSeconds > 0) throw new Refusal('limit-reached', tooManyAttempts('ask for a link', waitSeconds))
  const person = await findPersonCalled(login)
  const { ip, userAgent, requestId } = visitor
  await transaction((tx) =>
    enqueueJob(tx, 'mail-password-reset', {
      userId: person?.id ?? null,
      origin: { ip, userAgent, requestId },
    }),
  )
}
