import { Avatar } from '#components/ui/avatar'
import { RelativeTime } from '#components/ui/relative-time'
import { listed } from '#lib/base/listed'
import type { ApprovalRequestPage } from '#lib/domain/allowlist/get-approval-request'

type Props = { requesters: ApprovalRequestPage['requesters']; count: number }

/** Who waits, and why, in their own words; whoever gave no reason stands below by name. */
export function Requesters({ requesters, count }: Props) {
  if (count === 0)
    return <p className="text-ink-2">Nobody has asked yet: the link was handed over in person.</p>
  const reasoned = requesters.filter(({ reason }) => reason)
  const others = requesters.filter(({ reason }) => !reason)
  return (
    <section>
      <h2 className="mb-1 text-section">{count === 1 ? 'One person waits' : `${count} people wait`}</h2>
      <ul className="divide-y divide-line">
        {reasoned.map(({ userId, name, reason, requestedAt }) => (
          <li key={userId} className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5 py-2 sm:flex-nowrap">
            <span className="flex items-center gap-2.5">
              <Avatar name={name} />
              <span className="font-medium whitespace-nowrap">{name}</span>
            </span>
            <span className="order-3 min-w-0 flex-1 basis-full break-words text-ink-2 sm:order-none sm:basis-0">
              “{reason}”
            </span>
            <RelativeTime at={requestedAt} className="ml-auto text-meta whitespace-nowrap text-muted" />
          </li>
        ))}
        {others.length > 0 && (
          <li className="flex items-center gap-2.5 py-2">
            <span className="flex gap-1">
              {others.slice(0, 3).map(({ userId, name }) => (
                <Avatar key={userId} name={name} />
              ))}
            </span>
            <span className="min-w-0 text-muted">{namesOf(others, count - requesters.length)}</span>
          </li>
        )}
      </ul>
    </section>
  )
}

function namesOf(people: Props['requesters'], unnamed: number): string {
  return listed(
    people.map(({ name }) => name),
    unnamed,
  )
}
