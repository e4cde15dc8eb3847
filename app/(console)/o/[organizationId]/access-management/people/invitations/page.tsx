import type { Metadata } from 'next'
import { counted } from '#components/connected-apps/app-words'
import { ListSearch } from '#components/connected-apps/list-search'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Pager } from '#components/ui/pager'
import { Toolbar } from '#components/ui/section'
import type { Id } from '#lib/base/ids'
import { listInvitations } from '#lib/domain/people/list-invitations'
import { INVITATION_DAYS } from '#lib/domain/people/schema'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { readUrlQuery, type SearchParams, urlWith } from '../../../../../url-query.ts'
import { invitationsPath } from '../../../paths.ts'
import { InvitationTable } from './invitation-table.tsx'

export const metadata: Metadata = { title: 'Invitations' }

type Props = { params: Promise<{ organizationId: Id<'organization'> }>; searchParams: Promise<SearchParams> }

/** Who is invited and has not answered yet. */
export default async function InvitationsPage({ params, searchParams }: Props) {
  const { organizationId } = await params
  const query = readUrlQuery(['q', 'after'], await searchParams)
  const path = invitationsPath(organizationId)
  const actor = await requireActor(urlWith(path, query))
  const { invitations, total, next } = await shown(
    listInvitations(actor, { organizationId, search: query.q?.slice(0, 200), cursor: query.after }),
  )
  if (total === 0 && !query.q) {
    return (
      <EmptyState title="Nobody is invited at the moment">
        Whoever you invite stands here until they join. An invitation is a link by mail, good once and for{' '}
        {INVITATION_DAYS} days.
      </EmptyState>
    )
  }
  return (
    <>
      <Toolbar count={counted(total, 'invitation')}>
        <ListSearch
          label="Search invitations"
          placeholder="E-mail address"
          path={path}
          value={query.q ?? ''}
          className="w-full sm:w-64"
        />
      </Toolbar>
      {invitations.length === 0 ? (
        <EmptyState title="No invitation matches" act={<ButtonLink href={path}>Clear the search</ButtonLink>}>
          Search finds part of an e-mail address.
        </EmptyState>
      ) : (
        <InvitationTable invitations={invitations} />
      )}
      <Pager
        label="Pages of invitations"
        nextHref={next ? urlWith(path, { q: query.q, after: next }) : undefined}
        firstHref={query.after ? urlWith(path, { q: query.q }) : undefined}
      >
        {next ? `The newest ${invitations.length} shown.` : null}
      </Pager>
    </>
  )
}
