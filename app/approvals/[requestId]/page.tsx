import type { Metadata } from 'next'
import { isRefusal } from '#lib/base/refusal'
import { type ApprovalRequestPage, getApprovalRequest } from '#lib/domain/allowlist/get-approval-request'
import { getOrganization } from '#lib/domain/organizations/get-organization'
import { listGroups } from '#lib/domain/people/list-groups'
import type { UserActor } from '#lib/domain/permissions/actor'
import { requireActor } from '#lib/gateways/console/actor'
import { noticeNamed } from '#lib/gateways/console/notice'
import { forErrorPage } from '#lib/gateways/console/refuse'
import { Answered } from './answered.tsx'
import { Decision } from './decision.tsx'
import { NotForYou } from './not-for-you.tsx'

export const metadata: Metadata = { title: 'Approval' }

type Props = {
  params: Promise<{ requestId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Where an approval link lands. Opening it changes nothing: only the form on it, sent by an administrator, does. */
export default async function ApprovalPage({ params, searchParams }: Props) {
  const { requestId } = await params
  const path = `/approvals/${encodeURIComponent(requestId)}`
  const actor = await requireActor(path)
  const request = await requestOrNothing(actor, requestId)
  if (!request) {
    return (
      <NotForYou actor={actor} path={path} title="Only an administrator of its organization can approve this">
        <p>
          An approval link is for an administrator of the whole organization it was made in, or a reviewer
          they named; not of another one or of a business group. Nothing was changed.
        </p>
        <p>
          If the link is meant for a colleague, send it to them as it is. It gives nothing away to anyone
          else.
        </p>
      </NotForYou>
    )
  }
  const notice = await noticeNamed((await searchParams).notice)
  if (request.state !== 'open') return <Answered actor={actor} request={request} />
  const groups = request.entry ? [] : await groupsOf(actor, request.organization.id)
  const { abilities } = await getOrganization(actor, request.organization.id)
  return <Decision actor={actor} request={request} abilities={abilities} groups={groups} notice={notice} />
}

/** The groups that a new entry can be for, as far as a plain list shows them; none to whoever may not see them. */
async function groupsOf(actor: UserActor, rootOrganizationId: ApprovalRequestPage['organization']['id']) {
  try {
    return (await listGroups(actor, { rootOrganizationId })).groups
  } catch (thrown) {
    if (isRefusal(thrown)) return []
    throw thrown
  }
}

/** Absent, and not theirs to answer, look the same. */
async function requestOrNothing(actor: UserActor, requestId: string): Promise<ApprovalRequestPage | null> {
  try {
    return await getApprovalRequest(actor, requestId as ApprovalRequestPage['id'])
  } catch (thrown) {
    if (isRefusal(thrown)) return null
    throw forErrorPage(thrown)
  }
}
