import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { environments } from '#db/schema/organizations'
import { type Id, isId } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentOrganization } from '../permissions/check-organization.ts'
import { type Organization, openOrganization } from './open-organization.ts'

export type Environment = typeof environments.$inferSelect

/** The only way to hold an environment in order to change or end it: by its organization, which is held with its whole tree. */
export async function openEnvironment(
  tx: Transaction,
  actor: Actor,
  environmentId: Id<'environment'>,
): Promise<{ environment: Environment; organization: Organization }> {
  const found = await findEnvironment(tx, environmentId)
  if (!found) throw await absentOrganization(tx, actor)
  const organization = await openOrganization(
    tx,
    actor,
    found.organizationId,
    'organizations.change-environment',
  )
  // Whoever waited for the tree may find it ended, or named anew.
  const environment = await findEnvironment(tx, environmentId)
  if (!environment) throw await absentOrganization(tx, actor)
  return { environment, organization }
}

async function findEnvironment(
  tx: Transaction,
  environmentId: Id<'environment'>,
): Promise<Environment | undefined> {
  if (!isId('environment', environmentId)) return undefined
  const [environment] = await tx
    .select()
    .from(environments)
    .where(and(eq(environments.id, environmentId), isNull(environments.endedAt)))
  return environment
}
