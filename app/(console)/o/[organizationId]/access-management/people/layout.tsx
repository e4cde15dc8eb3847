import type { ReactNode } from 'react'
import type { TabLink } from '#components/ui/tab-nav'
import type { Id } from '#lib/base/ids'
import { getOrganization } from '#lib/domain/organizations/get-organization'
import { countPeople } from '#lib/domain/people/count-people'
import { listGroups } from '#lib/domain/people/list-groups'
import { listInvitations } from '#lib/domain/people/list-invitations'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { idsIn } from '../../../../../ids-in.ts'
import { groupsPath, invitationsPath, peoplePath } from '../../paths.ts'
import { InviteButton } from './invite-button.tsx'
import { PeopleHead } from './people-head.tsx'
import { placesToGive } from './places-to-give.ts'

type Props = { params: Promise<{ organizationId: string }>; children: ReactNode }

/**
 * The head of People and its tabs, for whoever sees somebody here; anybody else is refused, before anything is sent.
 * Groups belong to the root organization and have their tab there alone.
 */
export default async function PeopleLayout({ params, children }: Props) {
  const { organizationId } = await idsIn<{ organizationId: Id<'organization'> }>(params)
  const actor = await requireActor()
  const [people, organization] = await Promise.all([
    shown(countPeople(actor, { organizationId })),
    shown(getOrganization(actor, organizationId)),
  ])
  const isRoot = organization.parentId === null
  const may = (permission: (typeof organization.abilities)[number]) =>
    organization.abilities.includes(permission)
  const [invitations, groups, places] = await Promise.all([
    may('invitations.list') ? shown(listInvitations(actor, { organizationId })) : null,
    isRoot && may('groups.view') ? shown(listGroups(actor, { rootOrganizationId: organizationId })) : null,
    placesToGive(actor, organizationId),
  ])
  const tabs: TabLink[] = [{ label: 'People', href: peoplePath(organizationId), count: people }]
  if (invitations)
    tabs.push({ label: 'Invitations', href: invitationsPath(organizationId), count: invitations.total })
  if (groups) tabs.push({ label: 'Groups', href: groupsPath(organizationId), count: groups.total })
  return (
    <>
      <PeopleHead
        tabs={tabs}
        act={
          places.length > 0 && (
            <InviteButton
              organization={{ id: organizationId, name: organization.name, rootName: organization.root.name }}
              places={places}
              mayInvite={may('invitations.send')}
              isRoot={isRoot}
            />
          )
        }
      />
      {children}
    </>
  )
}
