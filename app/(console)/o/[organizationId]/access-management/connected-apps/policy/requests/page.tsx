import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { LiveRefresh } from '#components/connected-apps/live-refresh'
import { Notice } from '#components/ui/notice'
import type { Id } from '#lib/base/ids'
import { getApprovalRequest } from '#lib/domain/allowlist/get-approval-request'
import { getPolicy } from '#lib/domain/allowlist/get-policy'
import { listRequests } from '#lib/domain/allowlist/list-requests'
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

const KEYS = ['show', 'after', 'request'] as const

/** The inbox: who waits on the left, the decision on the right; on a phone one after the other. */
export default async function RequestsPage({ params, searchParams }: Props) {
  const { organizationId } = await params
  const query = readUrlQuery(KEYS, await searchParams)
  const path = requestsPath(organizationId)
  const actor = await requireActor(urlWith(path, query))
  const state = query.show === 'answered' ? 'answered' : 'waiting'
  const [policy, list] = await Promise.all([
    shown(getPolicy(actor, organizationId)),
    shown(listRequests(actor, { rootOrganizationId: organizationId, state, cursor: query.after })),
  ])
  const openId = query.request ?? list.rows[0]?.requestId
  if (!openId) return <NoRequests state={state} path={path} mode={policy.mode} />

  const request = await shown(getApprovalRequest(actor, openId as Id<'approvalRequest'>))
  if (request.organization.id !== organizationId) notFound()
  const listHref = urlWith(path, { show: query.show, after: query.after })
  const next = list.rows.find((row) => row.requestId !== request.id)
  const isUnneeded = state === 'waiting' && policy.mode !== 'restricted'
  return (
    <div
      className={`-mb-12 grid flex-1 ${isUnneeded ? 'grid-rows-[auto_1fr]' : 'grid-rows-[1fr]'} border-line sm:-mx-8 lg:grid-cols-[18.5rem_minmax(0,1fr)] lg:border-t`}
    >
      <LiveRefresh />
      {isUnneeded && (
        <div className="py-3 sm:px-8 lg:col-span-2">
          <Notice tone="neutral">
            {policy.mode === 'unrestricted'
              ? 'Nobody needs an answer while Unrestricted is in force: members decide alone. What you approve counts once Restricted is.'
              : 'Nobody may authorize anything new while Closed is in force. What you approve counts once Restricted is.'}
          </Notice>
        </div>
      )}
      <div className={`pt-2 pb-12 sm:px-8 lg:pr-3 ${query.request ? 'max-lg:hidden' : ''}`}>
        <RequestList
          rows={list.rows}
          state={state}
          openId={request.id}
          path={path}
          after={query.after}
          next={list.next}
        />
      </div>
      <div
        className={`flex min-w-0 flex-col border-line lg:border-l ${query.request ? '' : 'max-lg:hidden'}`}
      >
        {request.state === 'open' ? (
          <Decision key={request.id} request={request} listHref={listHref} />
        ) : (
          <AnsweredRequest
            request={request}
            listHref={listHref}
            nextHref={
              state === 'waiting' && next
                ? urlWith(path, { after: query.after, request: next.requestId as string })
                : undefined
            }
          />
        )}
      </div>
    </div>
  )
}
