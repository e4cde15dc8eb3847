import { and, eq } from 'drizzle-orm'
import { transaction } from '#db/client'
import { requestReviewers } from '#db/schema/allowlist'
import { users } from '#db/schema/users'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { openAllowlist } from './open-allowlist.ts'
import { type ReviewerInput, reviewerSchema } from './schema.ts'

/** Somebody no longer answers approval requests as a reviewer; what they answered stands. Refuses who is none. */
export async function endReviewer(actor: Actor, input: ReviewerInput): Promise<void> {
  const { rootOrganizationId, userId } = parse(reviewerSchema, input)
  await transaction(async (tx) => {
    await openAllowlist(tx, actor, rootOrganizationId, 'allowlist.name-reviewers')
    const ended = await tx
      .delete(requestReviewers)
      .where(
        and(eq(requestReviewers.rootOrganizationId, rootOrganizationId), eq(requestReviewers.userId, userId)),
      )
      .returning({ userId: requestReviewers.userId })
    if (ended.length === 0) throw new Refusal('not-found', 'They are no reviewer here.')
    const [person] = await tx
      .select({ id: users.id, name: users.fullName })
      .from(users)
      .where(eq(users.id, userId))
    await record(tx, actor, {
      name: 'allowlist.reviewer-ended',
      rootOrganizationId,
      subject: person ?? { id: userId, name: '' },
    })
  })
}
