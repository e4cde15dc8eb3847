import { eq, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { environments } from '#db/schema/organizations'
import { uuidOf } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { openEnvironment } from '../organizations/open-environment.ts'
import type { Actor } from '../permissions/actor.ts'
import { type EndedContexts, endContexts } from './end-contexts.ts'
import { holdAppsAround } from './hold-apps.ts'
import { type EndEnvironmentInput, endEnvironmentSchema } from './schema.ts'

/**
 * Ends an environment: places of apps acting for themselves that name it end, for tokens already out too, and its name is
 * free again. It cannot be undone. Refuses whoever does not administer its organization.
 */
export async function endEnvironment(actor: Actor, input: EndEnvironmentInput): Promise<EndedContexts> {
  const { environmentId } = parse(endEnvironmentSchema, input)
  return transaction(async (tx) => {
    const { environment, organization } = await openEnvironment(tx, actor, environmentId)
    await holdAppsAround(tx, organization.id)
    const ended = await endContexts(
      tx,
      actor,
      sql`x.environment_id = ${uuidOf(environmentId)}::uuid`,
      'environment-ended',
    )
    await tx.update(environments).set({ endedAt: sql`now()` }).where(eq(environments.id, environmentId))
    await record(tx, actor, {
      name: 'environment.ended',
      rootOrganizationId: organization.rootOrganizationId,
      organizationId: organization.id,
      subject: { id: environmentId, name: environment.name },
      details: { kind: environment.kind, endedContexts: ended.contexts },
    })
    return ended
  })
}
