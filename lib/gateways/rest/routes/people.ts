import { z } from 'zod'
import { changeRole } from '../../../domain/offboarding/change-role.ts'
import { deactivateUser } from '../../../domain/offboarding/deactivate-user.ts'
import { deleteUser } from '../../../domain/offboarding/delete-user.ts'
import { endUserSessions } from '../../../domain/offboarding/end-user-sessions.ts'
import { previewDeletion } from '../../../domain/offboarding/preview-deletion.ts'
import { previewRemoval } from '../../../domain/offboarding/preview-removal.ts'
import { previewRoleChange } from '../../../domain/offboarding/preview-role-change.ts'
import { reactivateUser } from '../../../domain/offboarding/reactivate-user.ts'
import { removeMember } from '../../../domain/offboarding/remove-member.ts'
import { changeRoleFields, transferRootOwnershipSchema } from '../../../domain/offboarding/schema.ts'
import { transferRootOwnership } from '../../../domain/offboarding/transfer-root-ownership.ts'
import { addMember } from '../../../domain/organizations/add-member.ts'
import { addMemberFields, roleSchema } from '../../../domain/organizations/schema.ts'
import { countPeople } from '../../../domain/people/count-people.ts'
import { getPerson } from '../../../domain/people/get-person.ts'
import { listPeople } from '../../../domain/people/list-people.ts'
import { listPeopleSchema } from '../../../domain/people/schema.ts'
import { inOrganization } from '../again.ts'
import { organizationOf, userOf } from '../named.ts'
import { cursor, search } from '../query.ts'
import { type Call, type Route, route } from '../route.ts'
import {
  addedMember,
  deletionPreview,
  endedSessions,
  memberRemovalPreview,
  movedApps,
  people,
  person,
  roleChangePreview,
} from '../shapes/people.ts'

const { filters } = listPeopleSchema.shape
const memberOf = (call: Pick<Call, 'ids'>) => ({ organizationId: organizationOf(call), userId: userOf(call) })

/** Places, roles and accounts. What cannot be taken back takes the name of what it is done to besides its id. */
export const PEOPLE_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/organizations/{organization}/members',
    operation: 'listPeople',
    summary: 'List the people of an organization and of the business groups below it, by name.',
    more: 'Roles that come from above are marked as inherited.',
    needs: 'organizations.list-people',
    query: z.object({ search, ...filters.unwrap().shape, cursor }),
    answer: people,
    run: async (call) => {
      const { search, cursor, ...filters } = call.query
      const wanted = { organizationId: organizationOf(call), search, filters }
      const { people: data, next } = await listPeople(call.actor, { ...wanted, cursor })
      // Counted once, with the first page.
      const counts = cursor ? {} : { total: await countPeople(call.actor, wanted) }
      return { body: { data, next, ...counts } }
    },
  }),
  route({
    method: 'POST',
    path: '/organizations/{organization}/members',
    operation: 'addMember',
    summary: 'Give somebody of the root organization a place in one of its business groups.',
    more: 'Say who by `userId`, or by `login`: a username or e-mail address. Whoever is new to the root organization is invited. An app makes no administrator where its owner is none.',
    needs: 'organizations.add-member',
    body: addMemberFields,
    answer: addedMember,
    creates: { again: inOrganization },
    refuses: ['conflict'],
    run: async (call) => {
      const made = await addMember(call.actor, { ...call.body, organizationId: organizationOf(call) })
      const headers = { Location: `/api/v1/organizations/${organizationOf(call)}/members/${made.userId}` }
      return { body: made, headers }
    },
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/members/{user}',
    operation: 'getPerson',
    summary: 'Read one person: places, apps, groups, and what the caller may do.',
    needs: 'organizations.list-people',
    answer: person,
    run: async (call) => ({ body: await getPerson(call.actor, memberOf(call)) }),
  }),
  route({
    method: 'PATCH',
    path: '/organizations/{organization}/members/{user}',
    operation: 'changeRole',
    summary: 'Change the role a person holds in that organization itself, and a developer’s quota.',
    more: 'Apps left without an owner go to the owner of the root organization.',
    needs: 'organizations.change-role',
    body: changeRoleFields,
    answer: movedApps,
    refuses: ['conflict'],
    run: async (call) => ({ body: await changeRole(call.actor, { ...call.body, ...memberOf(call) }) }),
  }),
  route({
    method: 'DELETE',
    path: '/organizations/{organization}/members/{user}',
    operation: 'removeMember',
    summary: 'Remove a person from an organization and everything below it.',
    more: 'Apps left without an owner go to the owner of the root organization. Removed from the root organization, the person loses all they authorized there.',
    needs: 'organizations.remove-member',
    answer: movedApps,
    refuses: ['conflict'],
    run: async (call) => ({ body: await removeMember(call.actor, memberOf(call)) }),
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/members/{user}/removal',
    operation: 'previewMemberRemoval',
    summary: 'Tell what removing a person would do at this moment.',
    needs: 'organizations.remove-member',
    answer: memberRemovalPreview,
    refuses: ['conflict'],
    run: async (call) => ({ body: await previewRemoval(call.actor, memberOf(call)) }),
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/members/{user}/role-change',
    operation: 'previewRoleChange',
    summary: 'Tell what another role would do at this moment.',
    needs: 'organizations.change-role',
    query: z.object({ role: roleSchema }),
    answer: roleChangePreview,
    refuses: ['conflict'],
    run: async (call) => ({
      body: await previewRoleChange(call.actor, { ...call.query, ...memberOf(call) }),
    }),
  }),
  route({
    method: 'PUT',
    path: '/users/{user}/deactivated',
    operation: 'deactivateUser',
    summary: 'Deactivate the account of a person whose home the root organization is.',
    more: 'They are signed out everywhere and have no rights anywhere; what they own stays theirs.',
    needs: 'users.deactivate',
    refuses: ['conflict'],
    run: async (call) => {
      await deactivateUser(call.actor, { userId: userOf(call) })
      return {}
    },
  }),
  route({
    method: 'DELETE',
    path: '/users/{user}/deactivated',
    operation: 'reactivateUser',
    summary: 'Reactivate an account.',
    needs: 'users.deactivate',
    refuses: ['conflict'],
    run: async (call) => {
      await reactivateUser(call.actor, { userId: userOf(call) })
      return {}
    },
  }),
  route({
    method: 'DELETE',
    path: '/users/{user}/sessions',
    operation: 'endUserSessions',
    summary: 'Sign a person out of every browser.',
    needs: 'users.end-sessions',
    answer: endedSessions,
    refuses: ['conflict'],
    run: async (call) => ({ body: await endUserSessions(call.actor, { userId: userOf(call) }) }),
  }),
  route({
    method: 'GET',
    path: '/users/{user}/deletion',
    operation: 'previewDeletion',
    summary: 'Tell what deleting an account would do at this moment.',
    needs: 'users.delete',
    answer: deletionPreview,
    refuses: ['conflict'],
    run: async (call) => ({ body: await previewDeletion(call.actor, { userId: userOf(call) }) }),
  }),
  route({
    method: 'DELETE',
    path: '/users/{user}',
    operation: 'deleteUser',
    summary: 'Delete the account of a person whose home the root organization is, for good.',
    more: 'The username has to be given, as it has to be typed in the console. Apps they own go to the owner of the root organization of each. Whoever owns a root organization or runs the deployment hands that on first.',
    needs: 'users.delete',
    query: z.object({ confirmation: z.string().default('').meta({ description: 'Their username.' }) }),
    answer: movedApps,
    refuses: ['conflict'],
    run: async (call) => ({
      body: await deleteUser(call.actor, { ...call.query, userId: userOf(call) }),
    }),
  }),
  route({
    method: 'PUT',
    path: '/organizations/{organization}/owner',
    operation: 'transferRootOwnership',
    summary: 'Hand a root organization to another of its administrators.',
    more: 'Only its owner does, by an app that acts for them: neither by a token an app has for itself, nor by one traded for a password. `confirmation` is the name of the organization, as it has to be typed in the console. Only the new owner can hand it back.',
    needs: 'organizations.transfer-ownership',
    body: transferRootOwnershipSchema.omit({ rootOrganizationId: true }),
    run: async (call) => {
      await transferRootOwnership(call.actor, { ...call.body, rootOrganizationId: organizationOf(call) })
      return {}
    },
  }),
]
