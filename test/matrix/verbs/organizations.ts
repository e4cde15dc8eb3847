import { eq } from 'drizzle-orm'
import { database } from '#db/client'
import { users } from '#db/schema/users'
import { changeRole } from '#lib/domain/offboarding/change-role'
import { deactivateUser } from '#lib/domain/offboarding/deactivate-user'
import { deleteUser } from '#lib/domain/offboarding/delete-user'
import { reactivateUser } from '#lib/domain/offboarding/reactivate-user'
import { removeMember } from '#lib/domain/offboarding/remove-member'
import { transferRootOwnership } from '#lib/domain/offboarding/transfer-root-ownership'
import { addMember } from '#lib/domain/organizations/add-member'
import { createBusinessGroup } from '#lib/domain/organizations/create-business-group'
import { createEnvironment } from '#lib/domain/organizations/create-environment'
import { createOrganization } from '#lib/domain/organizations/create-organization'
import { getOrganization } from '#lib/domain/organizations/get-organization'
import { listOrganizationsOf } from '#lib/domain/organizations/list-organizations-of'
import { rotateSigningKey } from '#lib/domain/signing-keys/rotate-signing-key'
import { endSession } from '#lib/domain/users/end-session'
import { registerUser } from '#lib/domain/users/register-user'
import { activePerson, isThemselves } from '../callers.ts'
import { ACCOUNT, ANYONE, all, any, DEPLOYMENT, GROUP, lists, needs, only, ROOT } from '../needs.ts'
import { row } from '../row.ts'

/** People see the groups they have a place in or govern from above; whoever administers a group below one does not. */
const HAS_A_PLACE_IN_SALES = only((caller) => {
  const { north, sales } = activePerson(caller)?.roles ?? {}
  return caller.kind === 'app' || sales !== undefined || north === 'administrator'
}, 'nothing')
const NO_APP = only((caller) => caller.kind === 'person', 'nothing')

export const ORGANIZATIONS = [
  row(
    listOrganizationsOf,
    () => undefined,
    lists(ANYONE, all(any(NO_APP, needs('organizations.view', GROUP)), HAS_A_PLACE_IN_SALES)),
    { shows: (seen, w) => seen.some(({ id }) => id === w.sales.id) },
  ),
  row(getOrganization, (w) => w.sales.id, needs('organizations.view', GROUP)),
  row(
    createBusinessGroup,
    (w) => ({ parentId: w.sales.id, name: 'New' }),
    needs('organizations.create-business-group', GROUP),
  ),
  row(
    createEnvironment,
    (w) => ({ organizationId: w.sales.id, name: 'New', kind: 'sandbox' as const }),
    needs('organizations.create-environment', GROUP),
  ),
  row(
    createOrganization,
    (w) => ({ name: 'New', ownerId: w.newcomer.id }),
    needs('organizations.create-root', DEPLOYMENT),
  ),
  row(
    addMember,
    (w) => ({ organizationId: w.sales.id, userId: w.newcomer.id, role: 'developer' as const }),
    needs('organizations.add-member', GROUP),
  ),
  row(
    addMember,
    (w) => ({ organizationId: w.sales.id, userId: w.people.operator.id, role: 'developer' as const }),
    all(needs('organizations.add-member', GROUP), needs('organizations.add-member', ROOT)),
    { how: 'from outside the root organization' },
  ),
  row(
    changeRole,
    (w) => ({ organizationId: w.sales.id, userId: w.colleague.id, role: 'administrator' as const }),
    needs('organizations.change-role', GROUP),
  ),
  row(
    removeMember,
    (w) => ({ organizationId: w.sales.id, userId: w.colleague.id }),
    needs('organizations.remove-member', GROUP),
  ),
  row(
    transferRootOwnership,
    (w) => ({ rootOrganizationId: w.north.id, newOwnerId: w.people['root administrator'].id }),
    all(needs('organizations.view', ROOT), needs('organizations.transfer-ownership', ROOT)),
  ),
  row(deactivateUser, (w) => ({ userId: w.newcomer.id }), needs('users.deactivate', ACCOUNT)),
  row(
    reactivateUser,
    async (w) => {
      await database().update(users).set({ deactivatedAt: new Date() }).where(eq(users.id, w.newcomer.id))
      return { userId: w.newcomer.id }
    },
    needs('users.deactivate', ACCOUNT),
  ),
  row(deleteUser, (w) => ({ userId: w.newcomer.id }), needs('users.delete', ACCOUNT)),
  row(
    registerUser,
    () => ({ username: 'new.person', email: 'new@example.com', fullName: 'New' }),
    only(() => false, 'forbidden'),
  ),
  row(
    endSession,
    (w) => ({ sessionId: w.sessions.member }),
    only((caller) => isThemselves(caller, 'member'), 'nothing'),
    // Nobody signs out through an app, and an app has nothing to sign out of.
    { calledBy: (caller) => caller.kind === 'person' },
  ),
  row(rotateSigningKey, () => ({ algorithm: 'ES256' as const }), needs('signing-keys.rotate', DEPLOYMENT)),
]
