import { database } from '#db/client'
import { invitations } from '#db/schema/people'
import { newId } from '#lib/base/ids'
import { hashToken } from '#lib/base/secrets'
import { endUserSessions } from '#lib/domain/offboarding/end-user-sessions'
import { previewDeletion } from '#lib/domain/offboarding/preview-deletion'
import { previewRemoval } from '#lib/domain/offboarding/preview-removal'
import { previewRoleChange } from '#lib/domain/offboarding/preview-role-change'
import { acceptInvitation } from '#lib/domain/people/accept-invitation'
import { addToGroup } from '#lib/domain/people/add-to-group'
import { countPeople } from '#lib/domain/people/count-people'
import { createGroup } from '#lib/domain/people/create-group'
import { deleteGroup } from '#lib/domain/people/delete-group'
import { getGroup } from '#lib/domain/people/get-group'
import { getPerson } from '#lib/domain/people/get-person'
import { listGroupPeople } from '#lib/domain/people/list-group-people'
import { listGroups } from '#lib/domain/people/list-groups'
import { listInvitations } from '#lib/domain/people/list-invitations'
import { listPeople } from '#lib/domain/people/list-people'
import { removeFromGroup } from '#lib/domain/people/remove-from-group'
import { sendInvitationAgain } from '#lib/domain/people/send-invitation-again'
import { sendInvitations } from '#lib/domain/people/send-invitations'
import { updateGroup } from '#lib/domain/people/update-group'
import { withdrawInvitation } from '#lib/domain/people/withdraw-invitation'
import { startSession } from '#lib/domain/users/start-session'
import { as } from '#test/actors'
import { activePerson, isThemselves } from '../callers.ts'
import { ACCOUNT, GROUP, INVITATION, LIST_PEOPLE, needs, only, PEOPLE_GROUP, ROOT } from '../needs.ts'
import { row } from '../row.ts'
import type { World } from '../world.ts'

const root = (w: World) => ({ rootOrganizationId: w.north.id })
const colleague = (w: World) => ({ organizationId: w.sales.id, userId: w.colleague.id })

export const PEOPLE_OF_A_PLACE = [
  row(listPeople, (w) => ({ organizationId: w.sales.id }), LIST_PEOPLE),
  row(countPeople, (w) => ({ organizationId: w.sales.id }), LIST_PEOPLE, {
    shows: (people) => people > 0,
  }),
  row(getPerson, colleague, LIST_PEOPLE),
  row(previewRemoval, colleague, needs('organizations.remove-member', GROUP)),
  row(
    previewRoleChange,
    (w) => ({ ...colleague(w), role: 'member' as const }),
    needs('organizations.change-role', GROUP),
  ),
  row(previewDeletion, (w) => ({ userId: w.newcomer.id }), needs('users.delete', ACCOUNT)),
  row(
    endUserSessions,
    async (w) => {
      await signedIn(w)
      return { userId: w.newcomer.id }
    },
    needs('users.end-sessions', ACCOUNT),
  ),

  row(listInvitations, (w) => ({ organizationId: w.north.id }), needs('invitations.list', ROOT)),
  row(
    sendInvitations,
    (w) => ({ organizationId: w.north.id, emails: ['somebody.new@example.com'], role: 'member' as const }),
    needs('invitations.send', ROOT),
  ),
  row(
    sendInvitationAgain,
    async (w) => ({ invitationId: (await invited(w)).invitationId }),
    needs('invitations.send', INVITATION),
  ),
  row(
    withdrawInvitation,
    async (w) => ({ invitationId: (await invited(w)).invitationId }),
    needs('invitations.send', INVITATION),
  ),
  row(
    acceptInvitation,
    async (w) => ({ token: (await invited(w)).token }),
    only((caller) => isThemselves(caller, 'operator'), 'forbidden'),
    // Whoever accepts is signed in: people with an account that is active.
    { calledBy: (caller) => activePerson(caller) !== undefined },
  ),

  row(listGroups, root, needs('groups.view', ROOT)),
  row(createGroup, (w) => ({ ...root(w), name: 'Night shift' }), needs('groups.change', ROOT)),
  row(getGroup, aGroup, needs('groups.view', PEOPLE_GROUP)),
  row(listGroupPeople, async (w) => ({ groupId: await aGroup(w) }), needs('groups.view', PEOPLE_GROUP)),
  row(
    updateGroup,
    async (w) => ({ groupId: await aGroup(w), version: 1, name: 'Day shift' }),
    needs('groups.change', PEOPLE_GROUP),
  ),
  row(
    addToGroup,
    async (w) => ({ groupId: await aGroup(w), userIds: [w.colleague.id] }),
    needs('groups.change', PEOPLE_GROUP),
  ),
  row(
    removeFromGroup,
    async (w) => ({ groupId: await aGroup(w, 'with the newcomer'), userId: w.newcomer.id }),
    needs('groups.change', PEOPLE_GROUP),
  ),
  row(deleteGroup, async (w) => ({ groupId: await aGroup(w) }), needs('groups.change', PEOPLE_GROUP)),
]

/** The newcomer is signed in somewhere. */
export async function signedIn(w: World): Promise<void> {
  await startSession({}, { userId: w.newcomer.id, authenticationMethods: ['pwd'] })
}

/** The operator, who has no place in the root organization, is invited to it. */
export async function invited(w: World) {
  const [invitationId, token] = [newId('invitation'), 'the-token-of-the-invitation']
  await database()
    .insert(invitations)
    .values({
      id: invitationId,
      organizationId: w.north.id,
      rootOrganizationId: w.north.id,
      email: w.people.operator.email,
      role: 'member',
      tokenHash: hashToken(token),
      invitedBy: w.people['root owner'].id,
      expiresAt: new Date(Date.now() + 3_600_000),
    })
  return { invitationId, token }
}

export async function aGroup(w: World, who?: unknown) {
  const owner = as(w.people['root owner'])
  const { groupId } = await createGroup(owner, { ...root(w), name: 'Night shift' })
  if (who === 'with the newcomer') await addToGroup(owner, { groupId, userIds: [w.newcomer.id] })
  return groupId
}
