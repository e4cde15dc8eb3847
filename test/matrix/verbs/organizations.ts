import { eq } from 'drizzle-orm'
import { database } from '#db/client'
import { users } from '#db/schema/users'
import type { Id } from '#lib/base/ids'
import { changeRole } from '#lib/domain/offboarding/change-role'
import { deactivateUser } from '#lib/domain/offboarding/deactivate-user'
import { deleteBusinessGroup } from '#lib/domain/offboarding/delete-business-group'
import { deleteUser } from '#lib/domain/offboarding/delete-user'
import { endEnvironment } from '#lib/domain/offboarding/end-environment'
import { moveBusinessGroup } from '#lib/domain/offboarding/move-business-group'
import { previewGroupDeletion } from '#lib/domain/offboarding/preview-group-deletion'
import { previewMove } from '#lib/domain/offboarding/preview-move'
import { reactivateUser } from '#lib/domain/offboarding/reactivate-user'
import { removeMember } from '#lib/domain/offboarding/remove-member'
import { transferRootOwnership } from '#lib/domain/offboarding/transfer-root-ownership'
import { addMember } from '#lib/domain/organizations/add-member'
import { createBusinessGroup } from '#lib/domain/organizations/create-business-group'
import { createEnvironment } from '#lib/domain/organizations/create-environment'
import { createOrganization } from '#lib/domain/organizations/create-organization'
import { getEnvironment } from '#lib/domain/organizations/get-environment'
import { getOrganization } from '#lib/domain/organizations/get-organization'
import { getSettings } from '#lib/domain/organizations/get-settings'
import { limitApps } from '#lib/domain/organizations/limit-apps'
import { listBusinessGroups } from '#lib/domain/organizations/list-business-groups'
import { listOrganizationsOf } from '#lib/domain/organizations/list-organizations-of'
import { listRoots } from '#lib/domain/organizations/list-roots'
import { resumeOrganization } from '#lib/domain/organizations/resume-organization'
import { suspendOrganization } from '#lib/domain/organizations/suspend-organization'
import { updateEnvironment } from '#lib/domain/organizations/update-environment'
import { updateOrganization } from '#lib/domain/organizations/update-organization'
import { rotateSigningKey } from '#lib/domain/signing-keys/rotate-signing-key'
import { endOperator } from '#lib/domain/users/end-operator'
import { endSession } from '#lib/domain/users/end-session'
import { listOperators } from '#lib/domain/users/list-operators'
import { nameOperator } from '#lib/domain/users/name-operator'
import { SYSTEM } from '#test/actors'
import { makeUser } from '#test/factories'
import { isThemselves } from '../callers.ts'
import {
  ACCOUNT,
  ANYONE,
  all,
  BRANCH,
  DEPLOYMENT,
  GROUP,
  GROUP_BELOW,
  lists,
  needs,
  only,
  ROOT,
  SETTINGS,
  SIBLING,
} from '../needs.ts'
import { row } from '../row.ts'
import type { World } from '../world.ts'

/** Taken from where it stands, which is asked above it, and put below the sibling. */
export const MOVE_SALES = all(
  needs('organizations.update', GROUP),
  needs('organizations.move-business-group', ROOT),
  needs('organizations.create-business-group', SIBLING),
)
export const DELETE_FIELD = all(
  needs('organizations.update', GROUP_BELOW),
  needs('organizations.delete-business-group', GROUP),
)

/** An environment of Sales. */
export async function environmentOf(w: World): Promise<Id<'environment'>> {
  const input = { organizationId: w.sales.id, name: 'Sandbox', kind: 'sandbox' as const }
  return (await createEnvironment(SYSTEM, input)).environmentId
}

export const ORGANIZATIONS = [
  row(listOrganizationsOf, () => undefined, lists(ANYONE, needs('organizations.view', GROUP)), {
    shows: (seen, w) => seen.some(({ id }) => id === w.sales.id),
  }),
  row(getOrganization, (w) => w.sales.id, needs('organizations.view', GROUP)),
  row(listBusinessGroups, (w) => w.sales.id, needs('organizations.list-business-groups', BRANCH)),
  row(getSettings, (w) => w.sales.id, needs('organizations.update', SETTINGS)),
  row(
    updateOrganization,
    (w) => ({ organizationId: w.sales.id, version: 1, name: 'Renamed' }),
    needs('organizations.update', GROUP),
  ),
  row(
    updateOrganization,
    (w) => ({ organizationId: w.north.id, version: 1, appCreation: 'nobody' as const }),
    all(needs('organizations.update', ROOT), needs('organizations.change-rules', ROOT)),
    { how: 'its rules' },
  ),
  row(
    moveBusinessGroup,
    (w) => ({ organizationId: w.sales.id, parentId: w.places.support.id, version: 1 }),
    MOVE_SALES,
  ),
  row(previewMove, (w) => ({ organizationId: w.sales.id, parentId: w.places.support.id }), MOVE_SALES),
  row(
    deleteBusinessGroup,
    (w) => ({ organizationId: w.places.field.id, name: w.places.field.name }),
    DELETE_FIELD,
  ),
  row(previewGroupDeletion, (w) => w.places.field.id, DELETE_FIELD),
  row(getEnvironment, environmentOf, needs('organizations.view', GROUP)),
  row(
    updateEnvironment,
    async (w) => ({ environmentId: await environmentOf(w), version: 1, name: 'Renamed' }),
    needs('organizations.change-environment', GROUP),
  ),
  row(
    endEnvironment,
    async (w) => ({ environmentId: await environmentOf(w) }),
    needs('organizations.change-environment', GROUP),
  ),
  row(listRoots, () => ({}), needs('organizations.list-roots', DEPLOYMENT)),
  row(
    suspendOrganization,
    (w) => ({ rootOrganizationId: w.places.elsewhere.id }),
    needs('organizations.suspend', DEPLOYMENT),
  ),
  row(
    resumeOrganization,
    async (w) => {
      await suspendOrganization(SYSTEM, { rootOrganizationId: w.places.elsewhere.id })
      return { rootOrganizationId: w.places.elsewhere.id }
    },
    needs('organizations.suspend', DEPLOYMENT),
  ),
  row(
    limitApps,
    (w) => ({ rootOrganizationId: w.north.id, appsMax: 5 }),
    needs('organizations.limit-apps', DEPLOYMENT),
  ),
  row(listOperators, () => undefined, needs('users.name-operator', DEPLOYMENT)),
  row(nameOperator, (w) => ({ login: w.newcomer.username }), needs('users.name-operator', DEPLOYMENT)),
  row(
    endOperator,
    async () => ({ userId: (await makeUser({ isOperator: true })).id }),
    needs('users.name-operator', DEPLOYMENT),
  ),
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
    (w) => ({
      rootOrganizationId: w.north.id,
      newOwnerId: w.people['root administrator'].id,
      confirmation: w.north.name,
    }),
    needs('organizations.transfer-ownership', ROOT),
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
  row(
    deleteUser,
    (w) => ({ userId: w.newcomer.id, confirmation: w.newcomer.username }),
    needs('users.delete', ACCOUNT),
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
