import { and, eq, isNull } from 'drizzle-orm'
import { database } from '#db/client'
import { environments, organizations } from '#db/schema/organizations'
import { type Id, isId } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentOrganization, checkOrganization } from '../permissions/check-organization.ts'

export type EnvironmentDetails = {
  id: Id<'environment'>
  organizationId: Id<'organization'>
  name: string
  kind: 'design' | 'sandbox' | 'production'
  version: number
}

/** One environment, for whoever sees its organization. */
export async function getEnvironment(
  actor: Actor,
  environmentId: Id<'environment'>,
): Promise<EnvironmentDetails> {
  const db = database()
  const [row] = isId('environment', environmentId)
    ? await db
        .select({
          id: environments.id,
          organizationId: environments.organizationId,
          name: environments.name,
          kind: environments.kind,
          version: environments.version,
          rootOrganizationId: organizations.rootOrganizationId,
        })
        .from(environments)
        .innerJoin(organizations, eq(organizations.id, environments.organizationId))
        .where(and(eq(environments.id, environmentId), isNull(environments.endedAt)))
    : []
  if (!row) throw await absentOrganization(db, actor)
  const { rootOrganizationId, ...environment } = row
  const place = { organizationId: environment.organizationId, rootOrganizationId }
  await checkOrganization(db, actor, 'organizations.view', place)
  return environment
}
