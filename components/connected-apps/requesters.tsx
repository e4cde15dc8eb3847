import { Avatar } from '#components/ui/avatar'
import { PersonLine } from '#components/ui/person-line'
import { RelativeTime } from '#components/ui/relative-time'
import { LineList, Section } from '#components/ui/section'
import { listed } from '#lib/base/listed'

type Requester = { userId: string; name: string; reason: string; requestedAt: Date }

type Props = {
  requesters: readonly Requester[]
  /** Of all: more than are named, where there are very many. */
  count: number
  /** Nobody waits any more. */
  isOver?: boolean
}

/** As many as one reads the names of who gave no reason. */
const NAMED_MAX = 8

/** Who asked, when and why, in their own words; whoever gave no reason stands below by name. */
export function Requesters({ requesters, count, isOver }: Props) {
  if (count === 0)
    return <p className="text-ink-2">Nobody has asked yet: the link was handed over in person.</p>
  const verb = isOver ? 'asked' : count === 1 ? 'waits' : 'wait'
  const reasoned = requesters.filter(({ reason }) => reason)
  const others = requesters.filter(({ reason }) => !reason)
  return (
    <Section title={count === 1 ? `One person ${verb}` : `${count.toLocaleString('en')} people ${verb}`}>
      <LineList label="Who asked, and why">
        {reasoned.map(({ userId, name, reason, requestedAt }) => (
          <li key={userId} className="min-h-9 max-sm:flex-wrap">
            <span className="sm:w-44 sm:shrink-0">
              <PersonLine name={name} />
            </span>
            <span className="min-w-0 flex-1 break-words text-ink-2 max-sm:order-3 max-sm:basis-full max-sm:pl-8">
              “{reason}”
            </span>
            <RelativeTime
              at={requestedAt}
              className="text-meta whitespace-nowrap text-muted max-sm:ml-auto"
            />
          </li>
        ))}
        {others.length > 0 && (
          <li className="min-h-9">
            <span className="flex min-w-0 items-center gap-2">
              <span className="flex shrink-0 gap-1">
                {others.slice(0, 3).map(({ userId, name }) => (
                  <Avatar key={userId} name={name} />
                ))}
              </span>
              <span className="min-w-0 text-ink-2">
                {namesOf(others)} <span className="text-muted">gave no reason</span>
              </span>
            </span>
          </li>
        )}
      </LineList>
      {count > requesters.length && (
        <p className="text-muted">And {(count - requesters.length).toLocaleString('en')} more.</p>
      )}
    </Section>
  )
}

function namesOf(people: readonly Requester[]): string {
  const named = people.slice(0, NAMED_MAX).map(({ name }) => name)
  return listed(named, people.length - named.length)
}
