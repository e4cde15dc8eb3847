import { transaction } from '#db/client'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { check } from '../permissions/check.ts'
import { DEPLOYMENT } from '../permissions/deployment.ts'
import { openActiveUser, openUserByLogin } from '../users/open-user.ts'
import { plantOrganization } from './plant-organization.ts'
import { type CreateOrganizationInput, createOrganizationSchema } from './schema.ts'

/**
 * An operator makes a root organization and names its owner, who administers it. The operator sees nothing inside.
 * Refuses an owner without an active account.
 */
export async function createOrganization(
  actor: Actor,
  input: CreateOrganizationInput,
): Promise<{ organizationId: Id<'organization'> }> {
  const { ownerId, ownerLogin = '', ...given } = parse(createOrganizationSchema, input)
  return transaction(async (tx) => {
    await check(tx, actor, 'organizations.create-root', DEPLOYMENT)
    const owner = ownerId
      ? await openActiveUser(tx, ownerId, 'ownerId')
      : await openUserByLogin(tx, ownerLogin, 'ownerLogin')
    const organizationId = await plantOrganization(tx, { ...given, ownerId: owner.id })
    await record(tx, actor, {
      name: 'organization.created',
      rootOrganizationId: organizationId,
      subject: { id: organizationId, name: given.name },
      details: { ownerId: owner.id, ownerName: owner.fullName },
    })
    return { organizationId }
  })
}
