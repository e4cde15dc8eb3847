import { transaction } from '#db/client'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { check } from '../permissions/check.ts'
import { DEPLOYMENT } from '../permissions/deployment.ts'
import { makeAccountLink } from '../users/account-links.ts'
import { mailNewOwner } from '../users/account-mails.ts'
import { insertUser } from '../users/insert-user.ts'
import { openActiveUser, openUserByLogin } from '../users/open-user.ts'
import { plantOrganization } from './plant-organization.ts'
import { type CreateOrganizationInput, createOrganizationSchema } from './schema.ts'

/**
 * An operator makes a root organization and names its owner, who administers it. The operator sees nothing inside. Somebody
 * new gets an account without a password and a mail with a link to choose one: nobody else ever sees it. Refuses an owner
 * without an active account, and a username or address that somebody has.
 */
export async function createOrganization(
  actor: Actor,
  input: CreateOrganizationInput,
): Promise<{ organizationId: Id<'organization'> }> {
  const { ownerId, ownerLogin = '', newOwner, ...given } = parse(createOrganizationSchema, input)
  return transaction(async (tx) => {
    await check(tx, actor, 'organizations.create-root', DEPLOYMENT)
    const owner = newOwner
      ? await openActiveUser(tx, await insertUser(tx, newOwner), 'newOwner')
      : ownerId
        ? await openActiveUser(tx, ownerId, 'ownerId')
        : await openUserByLogin(tx, ownerLogin, 'ownerLogin')
    const organizationId = await plantOrganization(tx, { ...given, ownerId: owner.id })
    await record(tx, actor, {
      name: 'organization.created',
      rootOrganizationId: organizationId,
      subject: { id: organizationId, name: given.name },
      details: { ownerId: owner.id, ownerName: owner.fullName, ...(newOwner ? { isNewAccount: true } : {}) },
    })
    if (newOwner) {
      const { token } = await makeAccountLink(tx, { purpose: 'password-reset', userId: owner.id })
      await mailNewOwner(tx, { ...owner, homeOrganizationId: organizationId }, given.name, token)
    }
    return { organizationId }
  })
}
