import { and, eq, isNull, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { requestReviewers } from '#db/schema/allowlist'
import { memberships } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { uuidOf } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { isGroupAdministrator } from '../permissions/standing.ts'
import { openAllowlist } from './open-allowlist.ts'
import { REVIEWERS_MAX, type ReviewerInput, reviewerSchema } from './schema.ts'

/**
 * Lets an administrator of a business group answer the approval requests of the whole root organization, and see nothing else
 * of its policy. It counts while they administer one. Named again: nothing happens. Refuses whoever administers none, an
 * administrator of the root organization (who answers requests anyway), and one reviewer too many.
 */
export async function nameReviewer(actor: Actor, input: ReviewerInput): Promise<void> {
  const { rootOrganizationId, userId } = parse(reviewerSchema, input)
  await transaction(async (tx) => {
    await openAllowlist(tx, actor, rootOrganizationId, 'allowlist.name-reviewers')
    const person = await findGroupAdministrator(tx, { rootOrganizationId, userId })
    const added = await tx
      .insert(requestReviewers)
      .values({ rootOrganizationId, userId, namedBy: personOf(actor) })
      .onConflictDoNothing()
      .returning({ userId: requestReviewers.userId })
    if (added.length === 0) return
    const all = await tx.$count(requestReviewers, eq(requestReviewers.rootOrganizationId, rootOrganizationId))
    if (all > REVIEWERS_MAX)
      throw new Refusal('limit-reached', `There are ${REVIEWERS_MAX} reviewers already. End one first.`)
    await record(tx, actor, { name: 'allowlist.reviewer-named', rootOrganizationId, subject: person })
  })
}

type Reviewer = ReturnType<typeof reviewerSchema.parse>

async function findGroupAdministrator(
  tx: Transaction,
  { rootOrganizationId, userId }: Reviewer,
): Promise<{ id: Reviewer['userId']; name: string }> {
  const [person] = await tx
    .select({
      id: users.id,
      name: users.fullName,
      role: memberships.role,
      isGroupAdministrator: sql<boolean>`${isGroupAdministrator(
        sql`${uuidOf(userId)}::uuid`,
        sql`${uuidOf(rootOrganizationId)}::uuid`,
      )}`,
    })
    .from(memberships)
    .innerJoin(users, and(eq(users.id, memberships.userId), isNull(users.endedAt)))
    .where(
      and(
        eq(memberships.organizationId, rootOrganizationId),
        eq(memberships.userId, userId),
        isNull(memberships.endedAt),
      ),
    )
  const sentence =
    person?.role === 'administrator'
      ? `${person.name} administers the organization, and answers requests anyway.`
      : 'A reviewer is somebody who administers a business group of the organization.'
  if (!person?.isGroupAdministrator || person.role === 'administrator')
    throw new Refusal('invalid', sentence, { userId: sentence })
  return { id: person.id, name: person.name }
}
