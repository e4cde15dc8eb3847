import { eq, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { organizations } from '#db/schema/organizations'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { openRoot } from './open-root.ts'
import { type RootOrganizationInput, rootOrganizationSchema } from './schema.ts'

/**
 * Suspends a root organization until somebody resumes it: nobody has rights in it, its people authorize nothing, and
 * tokens of its apps and for its people are inactive everywhere at their next check. Nothing is lost. Suspending twice
 * changes nothing. Refuses everyone but operators, who see nothing inside by it.
 */
export async function suspendOrganization(actor: Actor, input: RootOrganizationInput): Promise<void> {
  const { rootOrganizationId } = parse(rootOrganizationSchema, input)
  await transaction(async (tx) => {
    const root = await openRoot(tx, actor, rootOrganizationId, 'organizations.suspend')
    if (root.suspendedAt) return
    await tx
      .update(organizations)
      .set({ suspendedAt: sql`now()`, suspendedBy: personOf(actor) })
      .where(eq(organizations.id, root.id))
    await record(tx, actor, {
      name: 'organization.suspended',
      rootOrganizationId: root.id,
      subject: { id: root.id, name: root.name },
    })
  })
}
