import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import type { approvalRequests } from '#db/schema/allowlist'
import { users } from '#db/schema/users'

type Answered = Pick<typeof approvalRequests.$inferSelect, 'answer' | 'answeredBy'>

const WORDS = {
  approved: 'approved',
  declined: 'declined',
  withdrawn: 'withdrawn',
} as const

/** How a request was answered and by whom, in a sentence for whoever comes second. */
export async function describeAnswer(tx: Transaction, { answer, answeredBy }: Answered): Promise<string> {
  const [person] = answeredBy
    ? await tx.select({ name: users.fullName }).from(users).where(eq(users.id, answeredBy))
    : []
  if (answer === 'expired') return 'This request is too old. Ask again from the app.'
  if (answer === 'blocked') return 'This request ended when its app was blocked.'
  if (answer === 'not-needed') return 'This request ended when no approval was needed any more.'
  if (answer === 'app-deleted') return 'This request ended when its app was deleted.'
  const word = answer ? WORDS[answer] : 'answered'
  return person ? `${person.name} has ${word} this request already.` : `This request was ${word} already.`
}
