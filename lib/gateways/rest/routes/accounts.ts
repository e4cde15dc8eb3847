import { sendPasswordReset } from '../../../domain/offboarding/send-password-reset.ts'
import { ofAccount } from '../again.ts'
import { userOf } from '../named.ts'
import { type Route, route } from '../route.ts'
import { sentPasswordLink } from '../shapes/accounts.ts'

/** What an administrator may do for somebody's account. One's own is changed by oneself, in the console: no app sees or changes it. */
export const ACCOUNT_ROUTES: readonly Route[] = [
  route({
    method: 'POST',
    path: '/users/{user}/password-links',
    operation: 'sendPasswordReset',
    summary: 'Mail a person a link to choose a new password.',
    more: 'It goes to the person’s own address and is good once, for 30 minutes; nobody else sees it. At most five within an hour.',
    needs: 'users.send-password-reset',
    answer: sentPasswordLink,
    creates: { again: ofAccount },
    refuses: ['conflict', 'limit-reached'],
    run: async (call) => ({ body: await sendPasswordReset(call.actor, { userId: userOf(call) }) }),
  }),
]
