import { Cog } from 'lucide-react'
import { linesOf } from '#components/audit/event-changes'
import { AppTile } from '#components/ui/app-tile'
import { Avatar } from '#components/ui/avatar'
import { RelativeTime } from '#components/ui/relative-time'
import { Row, RowLink, TableBox, Td, Th } from '#components/ui/table'
import type { ListedEvent } from '#lib/domain/audit/queries'

/** More stands in the details. */
const LINES_SHOWN_MAX = 2

type Props = { rows: readonly ListedEvent[]; hrefOf: (eventId: string) => string; openId: string | undefined }

/** One row an event: the sentence, what changed beneath it, when, and from where. */
export function EventTable({ rows, hrefOf, openId }: Props) {
  return (
    <TableBox label="Audit log">
      <thead>
        <tr>
          <Th>What happened</Th>
          <Th from="wide">Where</Th>
          <Th from="narrow">When</Th>
          <Th from="widest">From</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((event) => (
          <EventRow
            key={event.eventId}
            event={event}
            href={hrefOf(event.eventId)}
            isOpen={event.eventId === openId}
          />
        ))}
      </tbody>
    </TableBox>
  )
}

function EventRow({ event, href, isOpen }: { event: ListedEvent; href: string; isOpen: boolean }) {
  const lines = linesOf(event)
  return (
    <Row current={isOpen}>
      <Td wrap className="w-full">
        <div className="flex gap-2.5 py-1">
          <ActorMark actor={event.actor} />
          <div className="min-w-0">
            <RowLink
              href={href}
              scroll={false}
              aria-current={isOpen || undefined}
              className="leading-6 [overflow-wrap:anywhere]"
            >
              {event.sentence}
            </RowLink>
            {lines.slice(0, LINES_SHOWN_MAX).map((line) => (
              <span key={line} className="line-clamp-2 text-meta [overflow-wrap:anywhere] text-ink-2">
                {line}
              </span>
            ))}
            {lines.length > LINES_SHOWN_MAX && (
              <span className="block text-meta text-muted">and {lines.length - LINES_SHOWN_MAX} more</span>
            )}
            <span className="block text-meta text-muted @min-[26rem]:hidden">
              <RelativeTime at={event.occurredAt} />
            </span>
          </div>
        </div>
      </Td>
      <Td from="wide" muted className="max-w-48 truncate">
        {event.organization?.name ?? ''}
      </Td>
      <Td from="narrow" muted>
        <RelativeTime at={event.occurredAt} />
      </Td>
      <Td from="widest" className="font-mono text-meta text-muted">
        {event.ip ?? ''}
      </Td>
    </Row>
  )
}

/** Who did it, at a glance: a person, an app by itself, or the process. */
export function ActorMark({ actor }: { actor: ListedEvent['actor'] }) {
  if (actor.kind === 'user') return <Avatar name={actor.name} />
  if (actor.kind === 'app') return <AppTile id={actor.appId ?? ''} name={actor.name} size="small" />
  return (
    <span
      aria-hidden
      className="inline-flex size-6 shrink-0 items-center justify-center rounded-full border border-line bg-subtle text-ink-2"
    >
      <Cog className="size-3.5" />
    </span>
  )
}
