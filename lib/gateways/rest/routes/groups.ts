import { z } from 'zod'
import { addToGroup } from '../../../domain/people/add-to-group.ts'
import { createGroup } from '../../../domain/people/create-group.ts'
import { deleteGroup } from '../../../domain/people/delete-group.ts'
import { getGroup } from '../../../domain/people/get-group.ts'
import { listGroupPeople } from '../../../domain/people/list-group-people.ts'
import { listGroups } from '../../../domain/people/list-groups.ts'
import { removeFromGroup } from '../../../domain/people/remove-from-group.ts'
import { createGroupSchema, updateGroupSchema } from '../../../domain/people/schema.ts'
import { updateGroup } from '../../../domain/people/update-group.ts'
import { inOrganization } from '../again.ts'
import { groupOf, organizationOf, userOf } from '../named.ts'
import { cursor, search } from '../query.ts'
import { type Route, route } from '../route.ts'
import { save } from '../save.ts'
import { createdGroup, group, groupPeople, groups, savedGroup } from '../shapes/people.ts'

export const GROUP_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/organizations/{organization}/groups',
    operation: 'listGroups',
    summary: 'List the groups of people of a root organization, by name.',
    needs: 'groups.view',
    query: z.object({ search, cursor }),
    answer: groups,
    run: async (call) => {
      const input = { ...call.query, rootOrganizationId: organizationOf(call) }
      const { groups: data, ...more } = await listGroups(call.actor, input)
      return { body: { data, ...more } }
    },
  }),
  route({
    method: 'POST',
    path: '/organizations/{organization}/groups',
    operation: 'createGroup',
    summary: 'Make a group of people in a root organization.',
    needs: 'groups.change',
    body: createGroupSchema.omit({ rootOrganizationId: true }),
    answer: createdGroup,
    creates: { again: inOrganization },
    refuses: ['conflict', 'limit-reached'],
    run: async (call) => {
      const made = await createGroup(call.actor, { ...call.body, rootOrganizationId: organizationOf(call) })
      return { body: made, headers: { Location: `/api/v1/groups/${made.groupId}`, ETag: '"1"' } }
    },
  }),
  route({
    method: 'GET',
    path: '/groups/{group}',
    operation: 'getGroup',
    summary: 'Read a group of people.',
    needs: 'groups.view',
    answer: group,
    isVersioned: true,
    run: async (call) => {
      const found = await getGroup(call.actor, groupOf(call))
      return { body: found, headers: { ETag: `"${found.version}"` } }
    },
  }),
  route({
    method: 'PATCH',
    path: '/groups/{group}',
    operation: 'updateGroup',
    summary: 'Rename or describe a group. Fields left out stay as they are.',
    needs: 'groups.change',
    body: updateGroupSchema.omit({ groupId: true }).partial({ version: true }),
    answer: savedGroup,
    isVersioned: true,
    refuses: ['conflict'],
    run: (call) =>
      save(
        call,
        (version) => updateGroup(call.actor, { ...call.body, version, groupId: groupOf(call) }),
        () => getGroup(call.actor, groupOf(call)),
      ),
  }),
  route({
    method: 'DELETE',
    path: '/groups/{group}',
    operation: 'deleteGroup',
    summary: 'Delete a group; its people stay where they are.',
    needs: 'groups.change',
    run: async (call) => {
      await deleteGroup(call.actor, { groupId: groupOf(call) })
      return {}
    },
  }),
  route({
    method: 'GET',
    path: '/groups/{group}/people',
    operation: 'listGroupPeople',
    summary: 'List who is in a group, by name.',
    needs: 'groups.view',
    query: z.object({ search, cursor }),
    answer: groupPeople,
    run: async (call) => {
      const input = { ...call.query, groupId: groupOf(call) }
      const { people: data, ...more } = await listGroupPeople(call.actor, input)
      return { body: { data, ...more } }
    },
  }),
  route({
    method: 'PUT',
    path: '/groups/{group}/people/{user}',
    operation: 'addToGroup',
    summary: 'Put a person into a group.',
    needs: 'groups.change',
    run: async (call) => {
      await addToGroup(call.actor, { groupId: groupOf(call), userIds: [userOf(call)] })
      return {}
    },
  }),
  route({
    method: 'DELETE',
    path: '/groups/{group}/people/{user}',
    operation: 'removeFromGroup',
    summary: 'Take a person out of a group.',
    needs: 'groups.change',
    run: async (call) => {
      await removeFromGroup(call.actor, { groupId: groupOf(call), userId: userOf(call) })
      return {}
    },
  }),
]
