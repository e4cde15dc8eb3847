import { listOrganizationsOf } from '../../domain/organizations/list-organizations-of.ts'
import type { UserActor } from '../../domain/permissions/actor.ts'

/**
 * Where a person's work lies: the apps they look after, the apps that act for them, or, for an operator without a place in
 * any organization, the deployment.
 */
export async function landingOf(actor: UserActor, isOperator = false): Promise<string> {
  const organizations = await listOrganizationsOf(actor)
  const governed = organizations.filter(({ role }) => role === 'administrator' || role === 'developer')
  const place = governed.find(({ isRoot }) => isRoot) ?? governed[0]
  if (place) return `/o/${place.id}/access-management/connected-apps/owned-apps`
  return isOperator && organizations.length === 0 ? '/operator/organizations' : '/my-apps'
}
