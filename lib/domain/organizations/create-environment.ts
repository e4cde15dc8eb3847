import { transaction } from '#db/client'
import { environments } from '#db/schema/organizations'
import { type Id, newId } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { openOrganization } from './open-organization.ts'
import { type CreateEnvironmentInput, createEnvironmentSchema } from './schema.ts'

/** Gives an organization a label that scopes may be limited to. Refuses a name it already has. */
export async function createEnvironment(
  actor: Actor,
  input: CreateEnvironmentInput,
): Promise<{ environmentId: Id<'environment'> }> {
  const { organizationId, name, kind } = parse(createEnvironmentSchema, input)
  return transaction(async (tx) => {
    const organization = await openOrganization(tx, actor, organizationId, 'organizations.create-environment')
    const environmentId = newId('environment')
    await tx.insert(environments).values({ id: environmentId, organizationId, name, kind })
    await record(tx, actor, {
      name: 'environment.created',
      rootOrganizationId: organization.rootOrganizationId,
      organizationId,
      subject: { id: environmentId, name },
      details: { kind },
    })
    return { environmentId }
  })
}
