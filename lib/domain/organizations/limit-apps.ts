import { eq } from 'drizzle-orm'
import { transaction } from '#db/client'
import { organizations } from '#db/schema/organizations'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { openRoot } from './open-root.ts'
import { type LimitAppsInput, limitAppsSchema } from './schema.ts'

/**
 * Says how many apps a root organization's tree may hold. Below what it holds already nothing ends: no more can be created
 * until some are deleted. Refuses everyone but operators.
 */
export async function limitApps(actor: Actor, input: LimitAppsInput): Promise<void> {
  const { rootOrganizationId, appsMax } = parse(limitAppsSchema, input)
  await transaction(async (tx) => {
    const root = await openRoot(tx, actor, rootOrganizationId, 'organizations.limit-apps')
    if (root.appsMax === appsMax) return
    await tx.update(organizations).set({ appsMax }).where(eq(organizations.id, root.id))
    await record(tx, actor, {
      name: 'organization.apps-limit-changed',
      rootOrganizationId: root.id,
      subject: { id: root.id, name: root.name },
      details: { before: root.appsMax, after: appsMax },
    })
  })
}
