import { eq } from 'drizzle-orm'
import { transaction } from '#db/client'
import { organizations } from '#db/schema/organizations'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { openRoot } from './open-root.ts'
import { type RootOrganizationInput, rootOrganizationSchema } from './schema.ts'

/** Ends a suspension: everybody has again what they had, and tokens that are not over live again. Refuses everyone but operators. */
export async function resumeOrganization(actor: Actor, input: RootOrganizationInput): Promise<void> {
  const { rootOrganizationId } = parse(rootOrganizationSchema, input)
  await transaction(async (tx) => {
    const root = await openRoot(tx, actor, rootOrganizationId, 'organizations.suspend')
    if (!root.suspendedAt) return
    await tx
      .update(organizations)
      .set({ suspendedAt: null, suspendedBy: null })
      .where(eq(organizations.id, root.id))
    await record(tx, actor, {
      name: 'organization.resumed',
      rootOrganizationId: root.id,
      subject: { id: root.id, name: root.name },
      details: { suspendedSince: root.suspendedAt },
    })
  })
}
