import type { Metadata } from 'next'
import { counted } from '#components/connected-apps/app-words'
import { MetaDivider, PageHeader } from '#components/shell/page-header'
import { Avatar } from '#components/ui/avatar'
import { Breadcrumb } from '#components/ui/breadcrumb'
import { Chip } from '#components/ui/chip'
import { CopyButton } from '#components/ui/copy-button'
import { Facts } from '#components/ui/facts'
import { Notice } from '#components/ui/notice'
import { DateTime, RelativeTime } from '#components/ui/relative-time'
import { Section } from '#components/ui/section'
import { TextLink } from '#components/ui/text-link'
import type { Id } from '#lib/base/ids'
import { getOrganization } from '#lib/domain/organizations/get-organization'
import type { PersonDetails } from '#lib/domain/people/get-person'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { urlWith } from '../../../../../url-query.ts'
import { auditLogPath, authorizationsPath, groupPath, peoplePath } from '../../../paths.ts'
import { placesToGive } from '../places-to-give.ts'
import { OwnedApps } from './owned-apps.tsx'
import { PersonActs } from './person-acts.tsx'
import { Places } from './places.tsx'
import { shownPerson } from './shown-person.ts'

type Props = { params: Promise<{ organizationId: Id<'organization'>; userId: Id<'user'> }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { organizationId, userId } = await params
  const { fullName } = await shownPerson(organizationId, userId)
  return { title: fullName }
}

/** One person: which places and roles they have, which apps they own, and what can be done about them. */
export default async function PersonPage({ params }: Props) {
  const { organizationId, userId } = await params
  const actor = await requireActor()
  const [person, organization, places] = await Promise.all([
    shownPerson(organizationId, userId),
    shown(getOrganization(actor, organizationId)),
    placesToGive(actor, organizationId),
  ])
  const held = new Set(person.places.map((place) => place.organizationId))
  const here = { id: organizationId, name: organization.name, isRoot: organization.parentId === null }
  return (
    <>
      <PageHeader
        where={
          <Breadcrumb
            label="Where this person is"
            steps={[{ label: 'People', href: peoplePath(organizationId) }]}
          />
        }
        lead={<Avatar name={person.fullName} size="large" />}
        title={person.fullName}
        marks={<Marks person={person} />}
        meta={<Meta person={person} />}
        acts={
          <PersonActs
            person={{
              id: userId,
              name: person.fullName,
              username: person.username,
              state: person.state,
              sessions: person.sessions,
            }}
            organization={here}
            root={organization.root}
            places={places.filter(({ id }) => !held.has(id))}
            mayRemove={
              organization.abilities.includes('organizations.remove-member') &&
              person.places.some((place) => !place.isInherited) &&
              !(person.isOwner && here.isRoot)
            }
            accountAbilities={person.accountAbilities}
            mayBecomeOwner={person.mayBecomeOwner}
          />
        }
      />
      {person.isOwner && (
        <Notice tone="neutral">
          {person.fullName} owns {organization.root.name}: apps of people who leave go to them. To remove them
          or their account, another administrator has to own it first.
        </Notice>
      )}
      <div className="flex flex-col gap-8">
        <Places person={person} userId={userId} />
        <OwnedApps person={person} organizationId={organizationId} userId={userId} />
        <About
          person={person}
          organizationId={organizationId}
          authorizationsHref={
            here.isRoot && organization.abilities.includes('authorizations.list')
              ? urlWith(authorizationsPath(organizationId), { show: 'people', user: userId as string })
              : null
          }
          activityHref={
            organization.abilities.includes('audit.view')
              ? urlWith(auditLogPath(organization.root.id), { person: userId })
              : null
          }
        />
      </div>
    </>
  )
}

function Marks({ person }: { person: PersonDetails }) {
  return (
    <>
      {person.isOwner && <Chip tone="accent">Owner</Chip>}
      {person.state === 'deactivated' && <Chip tone="warn">Deactivated</Chip>}
      {person.state === 'guest' && <Chip outline>Guest</Chip>}
    </>
  )
}

function Meta({ person }: { person: PersonDetails }) {
  return (
    <>
      <span>{person.username}</span>
      <span className="max-sm:hidden">
        <MetaDivider />
      </span>
      <span className="inline-flex min-w-0 items-center gap-1">
        {person.email}
        <CopyButton text={person.email} label="Copy e-mail address" iconOnly />
      </span>
    </>
  )
}

type AboutProps = {
  person: PersonDetails
  organizationId: Id<'organization'>
  /** Where what they authorized stands, for whoever may see it. */
  authorizationsHref: string | null
  activityHref: string | null
}

function About({ person, organizationId, authorizationsHref, activityHref }: AboutProps) {
  const { authorizations, groups, sessions } = person
  return (
    <Section title="Account">
      <Facts
        facts={[
          {
            label: 'Home',
            value:
              person.state === 'guest'
                ? 'Elsewhere: their account is administered there alone'
                : 'This organization',
          },
          { label: 'Account since', value: <DateTime at={person.createdAt} /> },
          ...(person.state === 'guest'
            ? []
            : [{ label: 'Last signed in', value: <RelativeTime at={person.lastSignedInAt} /> }]),
          ...(sessions === null
            ? []
            : [
                {
                  label: 'Signed in at',
                  value:
                    sessions === 0 ? 'no browser' : sessions === 1 ? 'one browser' : `${sessions} browsers`,
                },
              ]),
          ...(authorizations === null
            ? []
            : [
                {
                  label: 'Authorizations',
                  value:
                    authorizations === 0 ? (
                      'none'
                    ) : authorizationsHref === null ? (
                      authorizations.toLocaleString('en')
                    ) : (
                      <TextLink href={authorizationsHref}>{counted(authorizations, 'app')}</TextLink>
                    ),
                },
              ]),
          ...(groups === null
            ? []
            : [
                {
                  label: 'Groups',
                  value:
                    groups.length === 0 ? (
                      'none'
                    ) : (
                      <span className="flex flex-wrap gap-x-3">
                        {groups.map(({ id, name }) => (
                          <TextLink key={id} href={groupPath(organizationId, id)}>
                            {name}
                          </TextLink>
                        ))}
                      </span>
                    ),
                },
              ]),
          ...(activityHref === null
            ? []
            : [
                {
                  label: 'Activity',
                  value: <TextLink href={activityHref}>What they did, in the audit log</TextLink>,
                },
              ]),
        ]}
      />
    </Section>
  )
}
