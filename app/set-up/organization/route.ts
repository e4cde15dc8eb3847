import { visitor } from '#lib/base/visitor'
import { createFirstOrganization } from '#lib/domain/organizations/create-first-organization'
import { startSession } from '#lib/domain/users/start-session'
import { answerForm, seeOther } from '#lib/gateways/console/answer-form'
import { sessionCookie } from '#lib/gateways/console/sign-in'

const KEPT = ['organizationName', 'fullName', 'email', 'username']

/** Makes the first organization and its owner, who is signed in at once. The code is used up in the same transaction. */
export function POST(request: Request): Promise<Response> {
  return answerForm(request, { act: 'set-up', page: '/set-up', keeps: KEPT }, async (form) => {
    const { userId } = await createFirstOrganization(
      { kind: 'system', name: 'set-up', ...visitor() },
      {
        code: form.get('code'),
        organizationName: form.get('organizationName'),
        fullName: form.get('fullName'),
        email: form.get('email'),
        username: form.get('username'),
        password: form.get('password'),
      },
    )
    const session = await startSession(visitor(), { userId, authenticationMethods: ['pwd'] })
    return seeOther('/', await sessionCookie(session.sessionId, session.expiresAt))
  })
}
