import { PersonLine } from '#components/ui/person-line'
import { RelativeTime } from '#components/ui/relative-time'
import { LineList, Section } from '#components/ui/section'
import type { ApprovalRequestPage } from '#lib/domain/allowlist/get-approval-request'

type Props = { requesters: ApprovalRequestPage['requesters']; count: number; isOver?: boolean }

/** Who asked, when and why, in their own words. */
export function Requesters({ requesters, count, isOver }: Props) {
  if (count === 0)
    return <p className="text-ink-2">Nobody has asked yet: the link was handed over in person.</p>
  const verb = isOver ? 'asked' : count === 1 ? 'waits' : 'wait'
  return (
    <Section title={count === 1 ? `One person ${verb}` : `${count.toLocaleString('en')} people ${verb}`}>
      <LineList label="Who asked, and why">
        {requesters.map(({ userId, name, reason, requestedAt }) => (
          <li key={userId} className="min-h-9 max-sm:flex-wrap">
            <span className="sm:w-44 sm:shrink-0">
              <PersonLine name={name} />
            </span>
            <span className="min-w-0 flex-1 break-words text-ink-2 max-sm:order-3 max-sm:basis-full max-sm:pl-8">
              {reason ? `“${reason}”` : <span className="text-muted">No reason given</span>}
            </span>
            <RelativeTime
              at={requestedAt}
              className="text-meta whitespace-nowrap text-muted max-sm:ml-auto"
            />
          </li>
        ))}
      </LineList>
      {count > requesters.length && (
        <p className="text-muted">And {(count - requesters.length).toLocaleString('en')} more.</p>
      )}
    </Section>
  )
}
