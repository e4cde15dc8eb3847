import { eq } from 'drizzle-orm'
import { transaction } from '#db/client'
import { events } from '#db/schema/audit'
import { environments } from '#db/schema/organizations'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { refuseOvertakenSave, type SavedDetails } from '../audit/refuse-overtaken-save.ts'
import type { Actor } from '../permissions/actor.ts'
import { openEnvironment } from './open-environment.ts'
import { type UpdateEnvironmentInput, updateEnvironmentSchema } from './schema.ts'

/**
 * Renames an environment or changes its kind; what may be done there stays as it is. Refuses a name the organization has
 * already, and a save over somebody's newer one.
 */
export async function updateEnvironment(
  actor: Actor,
  input: UpdateEnvironmentInput,
): Promise<{ version: number }> {
  const { environmentId, version, ...wanted } = parse(updateEnvironmentSchema, input)
  return transaction(async (tx) => {
    const { environment, organization } = await openEnvironment(tx, actor, environmentId)
    await refuseOvertakenSave(tx, actor, {
      version,
      present: environment.version,
      eventsOf: eq(events.subjectId, environmentId),
      thing: 'this environment',
      fields: { name: 'the name', kind: 'the kind' },
    })
    const changed: SavedDetails['changed'] = {}
    for (const field of ['name', 'kind'] as const) {
      const after = wanted[field]
      if (after !== undefined && after !== environment[field])
        changed[field] = { before: environment[field], after }
    }
    if (Object.keys(changed).length === 0) return { version: environment.version }
    const next = environment.version + 1
    await tx
      .update(environments)
      .set({ ...wanted, version: next })
      .where(eq(environments.id, environmentId))
    await record(tx, actor, {
      name: 'environment.updated',
      rootOrganizationId: organization.rootOrganizationId,
      organizationId: organization.id,
      subject: { id: environmentId, name: environment.name },
      details: { version: next, changed },
    })
    return { version: next }
  })
}
