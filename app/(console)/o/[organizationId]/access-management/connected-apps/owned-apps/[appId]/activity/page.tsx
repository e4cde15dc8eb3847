import type { Metadata } from 'next'
import { linesOf } from '#components/audit/event-changes'
import { EmptyState } from '#components/ui/empty-state'
import { Pager } from '#components/ui/pager'
import { RelativeTime } from '#components/ui/relative-time'
import { Row, TableBox, Td, Th } from '#components/ui/table'
import { TextLink } from '#components/ui/text-link'
import { type ListedEvent, listEvents } from '#lib/domain/audit/queries'
import { getOrganization } from '#lib/domain/organizations/get-organization'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { urlWith } from '../../../../../../../url-query.ts'
import { auditLogPath, ownedAppPath } from '../../../../../paths.ts'
import { type AppPageProps, shownApp } from '../shown-app.ts'

export const metadata: Metadata = { title: 'Activity' }

type Props = AppPageProps & { searchParams: Promise<{ after?: string }> }

/** What happened to this app, the newest first. */
export default async function ActivityPage({ params, searchParams }: Props) {
  const { organizationId, appId } = await params
  const { after } = await searchParams
  const app = await shownApp(organizationId, appId)
  const path = `${ownedAppPath(organizationId, appId)}/activity`
  const actor = await requireActor(path)
  const { rootOrganizationId } = app
  const [{ rows, next }, root] = await Promise.all([
    shown(listEvents(actor, { rootOrganizationId, appId, cursor: after })),
    shown(getOrganization(actor, rootOrganizationId)),
  ])
  if (rows.length === 0) {
    return (
      <EmptyState title="Nothing has happened yet">
        Every change to this app is written here, with who made it and when.
      </EmptyState>
    )
  }
  return (
    <>
      <TableBox label="What happened">
        <thead>
          <tr>
            <Th>What happened</Th>
            <Th from="narrow">When</Th>
            <Th from="wide">From</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((event) => (
            <EventRow key={event.eventId} event={event} />
          ))}
        </tbody>
      </TableBox>
      <Pager label="Pages of events" nextHref={next ? `${path}?after=${next}` : undefined}>
        {after ? (
          <TextLink href={path}>Back to the newest</TextLink>
        ) : (
          root.abilities.includes('audit.view') && (
            <TextLink href={urlWith(auditLogPath(root.id), { app: appId })}>
              Search it in the audit log
            </TextLink>
          )
        )}
      </Pager>
    </>
  )
}

function EventRow({ event }: { event: ListedEvent }) {
  return (
    <Row>
      <Td wrap>
        {event.sentence}
        {linesOf(event).map((line) => (
          <span key={line} className="block text-meta [overflow-wrap:anywhere] text-ink-2">
            {line}
          </span>
        ))}
        <span className="block text-meta text-muted @min-[30rem]:hidden">
          <RelativeTime at={event.occurredAt} />
        </span>
      </Td>
      <Td from="narrow" muted>
        <RelativeTime at={event.occurredAt} />
      </Td>
      <Td from="wide" className="font-mono text-meta text-muted">
        {event.ip ?? ''}
      </Td>
    </Row>
  )
}
