import { z } from 'zod'
import { deleteBusinessGroup } from '../../../domain/offboarding/delete-business-group.ts'
import { endEnvironment } from '../../../domain/offboarding/end-environment.ts'
import { moveBusinessGroup } from '../../../domain/offboarding/move-business-group.ts'
import { previewGroupDeletion } from '../../../domain/offboarding/preview-group-deletion.ts'
import { previewMove } from '../../../domain/offboarding/preview-move.ts'
import {
  deleteBusinessGroupSchema,
  moveBusinessGroupSchema,
  previewMoveSchema,
} from '../../../domain/offboarding/schema.ts'
import { createBusinessGroup } from '../../../domain/organizations/create-business-group.ts'
import { createEnvironment } from '../../../domain/organizations/create-environment.ts'
import { getEnvironment } from '../../../domain/organizations/get-environment.ts'
import { getOrganization } from '../../../domain/organizations/get-organization.ts'
import { listBusinessGroups } from '../../../domain/organizations/list-business-groups.ts'
import {
  createBusinessGroupSchema,
  createEnvironmentSchema,
  updateEnvironmentSchema,
  updateOrganizationSchema,
} from '../../../domain/organizations/schema.ts'
import { updateEnvironment } from '../../../domain/organizations/update-environment.ts'
import { updateOrganization } from '../../../domain/organizations/update-organization.ts'
import { inOrganization } from '../again.ts'
import { API_ROOT } from '../api-root.ts'
import { environmentOf, organizationOf } from '../named.ts'
import { type Route, route } from '../route.ts'
import { save } from '../save.ts'
import {
  businessGroups,
  createdBusinessGroup,
  createdEnvironment,
  deletedBusinessGroup,
  endedContexts,
  environmentDetails,
  groupDeletionPreview,
  movedBusinessGroup,
  movePreview,
  savedOrganization,
} from '../shapes/business-groups.ts'
import { whole } from '../shapes/shape.ts'

export const BUSINESS_GROUP_ROUTES: readonly Route[] = [
  route({
    method: 'PATCH',
    path: '/organizations/{organization}',
    operation: 'updateOrganization',
    summary: 'Change an organization or rename a business group.',
    more: 'Fields left out stay. Who may create apps, how long secrets live and password tokens are rules of the root organization.',
    needs: 'organizations.update',
    alsoNeeds: ['organizations.change-rules'],
    body: updateOrganizationSchema.omit({ organizationId: true }).partial({ version: true }),
    answer: savedOrganization,
    isVersioned: true,
    refuses: ['conflict'],
    run: (call) =>
      save(
        call,
        (version) =>
          updateOrganization(call.actor, { ...call.body, version, organizationId: organizationOf(call) }),
        () => getOrganization(call.actor, organizationOf(call)),
      ),
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/business-groups',
    operation: 'listBusinessGroups',
    summary: 'List an organization with everything below it, each followed by its own.',
    more: 'People and apps of each are counted with those of the business groups below it.',
    needs: 'organizations.list-business-groups',
    answer: businessGroups,
    run: async (call) => whole(await listBusinessGroups(call.actor, organizationOf(call))),
  }),
  route({
    method: 'POST',
    path: '/organizations/{organization}/business-groups',
    operation: 'createBusinessGroup',
    summary: 'Make a business group below an organization.',
    needs: 'organizations.create-business-group',
    body: createBusinessGroupSchema.omit({ parentId: true }),
    answer: createdBusinessGroup,
    creates: { again: inOrganization },
    refuses: ['conflict', 'limit-reached'],
    run: async (call) => {
      const made = await createBusinessGroup(call.actor, { ...call.body, parentId: organizationOf(call) })
      const headers = { Location: `${API_ROOT}/organizations/${made.organizationId}`, ETag: '"1"' }
      return { body: { ...made, version: 1 }, headers }
    },
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/parent',
    operation: 'previewMove',
    summary: 'Count what putting a business group below another organization would do.',
    more: 'Refuses what the move itself would refuse: a cycle, more than ten levels, a name that is taken there.',
    needs: 'organizations.move-business-group',
    query: previewMoveSchema.pick({ parentId: true }),
    answer: movePreview,
    refuses: ['conflict', 'limit-reached'],
    run: async (call) => ({
      body: await previewMove(call.actor, { ...call.query, organizationId: organizationOf(call) }),
    }),
  }),
  route({
    method: 'PUT',
    path: '/organizations/{organization}/parent',
    operation: 'moveBusinessGroup',
    summary: 'Put a business group, with everything below it, under another organization of its tree.',
    more: 'Rights are inherited from there at once. Asked of the organization it leaves and of the one it comes to.',
    needs: 'organizations.move-business-group',
    body: moveBusinessGroupSchema.omit({ organizationId: true }).partial({ version: true }),
    answer: movedBusinessGroup,
    isVersioned: true,
    refuses: ['conflict', 'limit-reached'],
    run: (call) =>
      save(
        call,
        (version) =>
          moveBusinessGroup(call.actor, { ...call.body, version, organizationId: organizationOf(call) }),
        () => getOrganization(call.actor, organizationOf(call)),
      ),
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/deletion',
    operation: 'previewGroupDeletion',
    summary: 'Count what deleting a business group would end.',
    needs: 'organizations.delete-business-group',
    answer: groupDeletionPreview,
    run: async (call) => ({ body: await previewGroupDeletion(call.actor, organizationOf(call)) }),
  }),
  route({
    method: 'DELETE',
    path: '/organizations/{organization}',
    operation: 'deleteBusinessGroup',
    summary: 'Delete a business group with everything below it.',
    more: 'Its name has to be given, as it has to be typed in the console. While apps reside there it is refused, unless `appsTo` moves them to the organization above.',
    needs: 'organizations.delete-business-group',
    query: z.object({
      name: z.string().default('').meta({ description: 'The name of the business group.' }),
      appsTo: deleteBusinessGroupSchema.shape.appsTo,
    }),
    answer: deletedBusinessGroup,
    refuses: ['conflict'],
    run: async (call) => ({
      body: await deleteBusinessGroup(call.actor, { ...call.query, organizationId: organizationOf(call) }),
    }),
  }),
  route({
    method: 'POST',
    path: '/organizations/{organization}/environments',
    operation: 'createEnvironment',
    summary: 'Give an organization an environment.',
    needs: 'organizations.create-environment',
    body: createEnvironmentSchema.omit({ organizationId: true }),
    answer: createdEnvironment,
    creates: { again: inOrganization },
    refuses: ['conflict'],
    run: async (call) => {
      const made = await createEnvironment(call.actor, {
        ...call.body,
        organizationId: organizationOf(call),
      })
      return { body: { ...made, version: 1 }, headers: { ETag: '"1"' } }
    },
  }),
  route({
    method: 'GET',
    path: '/environments/{environment}',
    operation: 'getEnvironment',
    summary: 'Read an environment.',
    needs: 'organizations.view',
    answer: environmentDetails,
    isVersioned: true,
    run: async (call) => {
      const environment = await getEnvironment(call.actor, environmentOf(call))
      return { body: environment, headers: { ETag: `"${environment.version}"` } }
    },
  }),
  route({
    method: 'PATCH',
    path: '/environments/{environment}',
    operation: 'updateEnvironment',
    summary: 'Rename an environment, or change its kind.',
    needs: 'organizations.change-environment',
    body: updateEnvironmentSchema.omit({ environmentId: true }).partial({ version: true }),
    answer: savedOrganization,
    isVersioned: true,
    refuses: ['conflict'],
    run: (call) =>
      save(
        call,
        (version) =>
          updateEnvironment(call.actor, { ...call.body, version, environmentId: environmentOf(call) }),
        () => getEnvironment(call.actor, environmentOf(call)),
      ),
  }),
  route({
    method: 'DELETE',
    path: '/environments/{environment}',
    operation: 'endEnvironment',
    summary: 'End an environment, and every place of an app that names it.',
    needs: 'organizations.change-environment',
    answer: endedContexts,
    run: async (call) => ({
      body: await endEnvironment(call.actor, { environmentId: environmentOf(call) }),
    }),
  }),
]
