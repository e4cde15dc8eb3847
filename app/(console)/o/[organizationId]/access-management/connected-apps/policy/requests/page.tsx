import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { EmptyState } from '#components/ui/empty-state'
import { Notice } from '#components/ui/notice'
import type { Id } from '#lib/base/ids'
import { getApprovalRequest } from '#lib/domain/allowlist/get-approval-request'
import { getInbox } from '#lib/domain/allowlist/get-inbox'
import { listRequests } from '#lib/domain/allowlist/list-requests'
import { getOrganization } from '#lib/domain/organizations/get-organization'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { readUrlQuery, type SearchParams, urlWith } from '../../../../../../url-query.ts'
import { requestsPath } from '../../../../paths.ts'
import { AnsweredRequest } from './answered-request.tsx'
import { Decision } from './decision.tsx'
import { NoRequests } from './no-requests.tsx'
import { RequestList } from './request-list.tsx'

export const metadata: Metadata = { title: 'Requests' }

type Props = { params: Promise<{ organizationId: Id<'organization'> }>; searchParams: Promise<SearchParams> }

const KEYS = ['show', 'q', 'after', 'request'] as const

/** The inbox: who waits on the left, the decision on the right; on a phone one after the other. */
export default async function RequestsPage({ params, searchParams }: Props) {
  const { organizationId } = await params
  const query = readUrlQuery(KEYS, await searchParams)
  const path = requestsPath(organizationId)
  const actor = await requireActor(urlWith(path, query))
  const state = query.show === 'answered' || query.show === 'expired' ? query.show : 'waiting'
  const [{ abilities }, policy, list] = await Promise.all([
    shown(getOrganization(actor, organizationId)),
    shown(getInbox(actor, organizationId)),
    shown(
      listRequests(actor, {
        rootOrganizationId: organizationId,
        state,
        search: query.q?.slice(0, 200),
        cursor: query.after,
      }),
    ),
  ])
  const openId = query.request ?? list.rows[0]?.requestId
  const request = openId ? await shown(getApprovalRequest(actor, openId as Id<'approvalRequest'>)) : null
  if (request && request.organization.id !== organizationId) notFound()
  const { request: _, ...listQuery } = query
  const listHref = urlWith(path, listQuery)
  const next = list.rows.find((row) => row.requestId !== request?.id)
  const isUnneeded = state === 'waiting' && request !== null && policy.mode !== 'restricted'
  return (
    <div
      className={`-mb-12 grid flex-1 ${isUnneeded ? 'grid-rows-[auto_1fr]' : 'grid-rows-[1fr]'} border-line sm:-mx-8 lg:grid-cols-[18.5rem_minmax(0,1fr)] lg:border-t`}
    >
      {isUnneeded && (
        <div className="py-3 sm:px-8 lg:col-span-2">
          <Notice tone="neutral">
            {policy.mode === 'unrestricted'
              ? 'Nobody needs an answer while Unrestricted is in force: members decide alone. What you approve counts once Restricted is.'
              : 'Nobody may authorize anything new while Closed is in force. What you approve counts once Restricted is.'}
          </Notice>
        </div>
      )}
      <div className={`pt-3 pb-12 max-lg:pb-4 sm:px-8 lg:pr-3 ${query.request ? 'max-lg:hidden' : ''}`}>
        <RequestList
          rows={list.rows}
          state={state}
          waiting={policy.waiting}
          openId={request?.id ?? null}
          path={path}
          query={listQuery}
          next={list.next}
        />
      </div>
      <div
        className={`flex min-w-0 flex-col border-line lg:border-l ${query.request || !request ? '' : 'max-lg:hidden'}`}
      >
        {!request ? (
          <div className="pt-4 pb-12 sm:px-8 lg:pl-7">
            {query.q ? (
              <EmptyState title="Nothing is found">
                No request here has an app, a publisher or a person called “{query.q}”.
              </EmptyState>
            ) : (
              <NoRequests state={state} mode={policy.mode} />
            )}
          </div>
        ) : request.state === 'open' ? (
          <Decision key={request.id} request={request} abilities={abilities} listHref={listHref} />
        ) : (
          <AnsweredRequest
            key={request.id}
            request={request}
            seesEntry={abilities.includes('allowlist.view')}
            listHref={listHref}
            nextHref={
              state === 'waiting' && next
                ? urlWith(path, { ...listQuery, request: next.requestId as string })
                : undefined
            }
          />
        )}
      </div>
    </div>
  )
}
