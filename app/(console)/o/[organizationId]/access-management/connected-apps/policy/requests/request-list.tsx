import { Archive, ArrowLeft, Users } from 'lucide-react'
import Link from 'next/link'
import { counted } from '#components/connected-apps/app-words'
import { ANSWER, APPROVED_IN_PART } from '#components/connected-apps/policy-words'
import { RelativeTime } from '#components/ui/relative-time'
import { TextLink } from '#components/ui/text-link'
import type { ListedRequest } from '#lib/domain/allowlist/list-requests'
import { AppPicture } from '../../../../../../../app-picture.tsx'
import { urlWith } from '../../../../../../url-query.ts'

type Props = {
  rows: readonly ListedRequest[]
  state: 'waiting' | 'answered'
  openId: string
  path: string
  after?: string
  next: string | null
}

/** What waits, the newest first; or what was answered. */
export function RequestList({ rows, state, openId, path, after, next }: Props) {
  const show = state === 'answered' ? 'answered' : undefined
  return (
    <nav aria-label={state === 'answered' ? 'Answered requests' : 'Requests that wait'}>
      {state === 'answered' && (
        <Link href={path} className={`${ELSEWHERE} mb-1`}>
          <ArrowLeft className="text-muted" aria-hidden />
          Back to what waits
        </Link>
      )}
      <ul className="flex flex-col gap-0.5">
        {rows.map((request) => (
          <li key={request.requestId}>
            <Link
              href={urlWith(path, { show, after, request: request.requestId as string })}
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
                <RelativeTime at={request.answer?.at ?? request.requestedAt} short />
                {request.answer ? (
                  answerWord(request.answer)
                ) : (
                  <span className="flex items-center gap-1">
                    <Users className="size-3" aria-hidden />
                    <span aria-hidden>{request.requesters}</span>
                    <span className="sr-only">
                      {counted(request.requesters, 'person waits', 'people wait')}
                    </span>
                  </span>
                )}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {(after || next) && (
        <p className="mt-2 flex justify-between px-2.5">
          {after ? <TextLink href={urlWith(path, { show })}>Newest</TextLink> : <span />}
          {next && <TextLink href={urlWith(path, { show, after: next })}>Older</TextLink>}
        </p>
      )}
      {state === 'waiting' && (
        <div className="mt-3 border-t border-line pt-2">
          <Link href={urlWith(path, { show: 'answered' })} className={ELSEWHERE}>
            <Archive className="text-muted" aria-hidden />
            Answered
          </Link>
        </div>
      )}
    </nav>
  )
}

const ELSEWHERE =
  'flex h-9 items-center gap-2.5 rounded-control px-2.5 text-ink-2 no-underline hover:bg-hover hover:text-ink'

function answerWord({ kind, isPartial }: NonNullable<ListedRequest['answer']>): string {
  return isPartial ? APPROVED_IN_PART : ANSWER[kind]
}

function askedIn({ isListed, isBlocked, added, answer }: ListedRequest): string {
  if (answer?.by) return `by ${answer.by}`
  if (isBlocked) return 'Blocked here'
  if (!isListed) return `New app, ${counted(added.length, 'scope')}`
  if (added.length === 0) return 'Listed meanwhile'
  return `Asks ${added.length} more ${added.length === 1 ? 'scope' : 'scopes'}`
}
