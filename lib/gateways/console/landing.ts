import { listOrganizationsOf } from '../../domain/organizations/list-organizations-of.ts'
import type { UserActor } from '../../domain/permissions/actor.ts'

/** Where a person's work lies: the apps they look after, or the ones that act for them. */
export async function landingOf(actor: UserActor): Promise<string> {
  const governed = (await listOrganizationsOf(actor)).filter(
    ({ role }) => role === 'administrator' || role === 'developer',
  )
  const place = governed.find(({ isRoot }) => isRoot) ?? governed[0]
  return place ? `/o/${place.id}/access-management/connected-apps/owned-apps` : '/my-apps'
}
