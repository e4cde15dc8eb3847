import { Users } from 'lucide-react'
import Link from 'next/link'
import { counted } from '#components/connected-apps/app-words'
import { ListSearch } from '#components/connected-apps/list-search'
import { ANSWER, APPROVED_IN_PART } from '#components/connected-apps/policy-words'
import { RelativeTime } from '#components/ui/relative-time'
import { SegmentNav } from '#components/ui/tab-nav'
import { TextLink } from '#components/ui/text-link'
import type { ListedRequest, RequestsShown } from '#lib/domain/allowlist/list-requests'
import { AppPicture } from '../../../../../../../app-picture.tsx'
import { type UrlQuery, urlWith } from '../../../../../../url-query.ts'
import { ListKeys } from './list-keys.tsx'

type Props = {
  rows: readonly ListedRequest[]
  state: RequestsShown
  /** How many wait in all. */
  waiting: number
  openId: string | null
  path: string
  query: UrlQuery<'show' | 'q' | 'after'>
  next: string | null
}

/** What waits, the newest first; what was answered; what ended without an answer. */
export function RequestList({ rows, state, waiting, openId, path, query, next }: Props) {
  const { show, q, after } = query
  return (
    <nav aria-label={LABEL[state]} className="flex flex-col gap-2">
      <SegmentNav
        label="Which requests"
        tabs={[
          { label: 'Waiting', href: urlWith(path, { q }), current: state === 'waiting', count: waiting },
          {
            label: 'Answered',
            href: urlWith(path, { show: 'answered', q }),
            current: state === 'answered',
          },
          { label: 'Expired', href: urlWith(path, { show: 'expired', q }), current: state === 'expired' },
        ]}
      />
      <ListSearch
        label="Search requests"
        placeholder="App, publisher or person"
        path={path}
        kept={{ show }}
        value={q ?? ''}
      />
      {rows.length === 0 && (
        <p className="px-2.5 py-3 text-muted">
          {q ? 'No request here is found by that.' : 'There is none here.'}
        </p>
      )}
      <ListKeys>
        {rows.map((request) => (
          <li key={request.requestId}>
            <Link
              href={urlWith(path, { show, q, after, request: request.requestId as string })}
              scroll={false}
              aria-current={request.requestId === openId ? 'true' : undefined}
              className="flex items-center gap-2.5 rounded-control px-2.5 py-2.5 text-ink no-underline -outline-offset-2 hover:bg-hover max-lg:border max-lg:border-line max-lg:bg-surface lg:aria-[current=true]:bg-accent-bg"
            >
              <AppPicture id={request.appId} name={request.name} />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{request.name}</span>
                <span className="block truncate text-meta text-muted">{askedIn(request)}</span>
              </span>
              <span className="flex flex-col items-end text-meta text-muted">
                <RelativeTime at={momentOf(request, state)} short />
                {state === 'waiting' ? <Waiting request={request} /> : answerWord(request)}
              </span>
            </Link>
          </li>
        ))}
      </ListKeys>
      {(after || next) && (
        <p className="flex justify-between px-2.5">
          {after ? <TextLink href={urlWith(path, { show, q })}>Newest</TextLink> : <span />}
          {next && <TextLink href={urlWith(path, { show, q, after: next })}>Older</TextLink>}
        </p>
      )}
    </nav>
  )
}

const LABEL: Record<RequestsShown, string> = {
  waiting: 'Requests that wait',
  answered: 'Answered requests',
  expired: 'Requests that ended without an answer',
}

function momentOf({ answer, requestedAt, expiresAt }: ListedRequest, state: RequestsShown): Date {
  if (state === 'expired') return expiresAt
  return answer?.at ?? requestedAt ?? expiresAt
}

function Waiting({ request }: { request: ListedRequest }) {
  return (
    <span className="flex items-center gap-1">
      <Users className="size-3" aria-hidden />
      <span aria-hidden>{request.requesters}</span>
      <span className="sr-only">{counted(request.requesters, 'person waits', 'people wait')}</span>
    </span>
  )
}

function answerWord({ answer }: ListedRequest): string {
  if (!answer) return ANSWER.expired
  return answer.isPartial ? APPROVED_IN_PART : ANSWER[answer.kind]
}

/** Close enough to its end that an answer is urgent. */
const SOON_MILLISECONDS = 3 * 24 * 3_600_000

function askedIn({ isListed, isForOthers, isBlocked, added, answer, expiresAt }: ListedRequest): string {
  if (answer?.by) return `by ${answer.by}`
  if (isBlocked) return 'Blocked here'
  const left = expiresAt.getTime() - Date.now()
  if (!answer && left > 0 && left < SOON_MILLISECONDS) return `Expires in ${leftWords(left)}`
  if (isForOthers) return 'Listed for a group of others'
  if (!isListed) return `New app, ${counted(added.length, 'scope')}`
  if (added.length === 0) return 'Listed meanwhile'
  return `Asks ${added.length} more ${added.length === 1 ? 'scope' : 'scopes'}`
}

function leftWords(milliseconds: number): string {
  const hours = Math.max(1, Math.round(milliseconds / 3_600_000))
  return hours < 24 ? `${hours} h` : counted(Math.round(hours / 24), 'day')
}
