import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { PageHeader } from '#components/shell/page-header'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Pager } from '#components/ui/pager'
import { TextLink } from '#components/ui/text-link'
import { writeCursor } from '#lib/base/cursor'
import { type Id, isId, uuidOf } from '#lib/base/ids'
import { listEventApps } from '#lib/domain/audit/list-event-apps'
import { listEventPeople } from '#lib/domain/audit/list-event-people'
import { listEvents } from '#lib/domain/audit/queries'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { timeZoneFrom } from '../../../../../../components/shell/preferences.ts'
import { type SearchParams, urlWith } from '../../../../url-query.ts'
import { auditExportPath, auditLogPath } from '../../paths.ts'
import { EventDrawer } from './event-drawer.tsx'
import { EventTable } from './event-table.tsx'
import { FilterBar } from './filter-bar.tsx'
import { eventFilters, filtersOfQuery, isNarrowed, readQuery } from './list-query.ts'
import { NewerNotice } from './newer-notice.tsx'

export const metadata: Metadata = { title: 'Audit log' }

type Props = { params: Promise<{ organizationId: Id<'organization'> }>; searchParams: Promise<SearchParams> }

/** What happened in the organization, the newest first: who did it, through which app, what changed, from where. */
export default async function AuditLogPage({ params, searchParams }: Props) {
  const { organizationId } = await params
  const query = readQuery(await searchParams)
  const path = auditLogPath(organizationId)
  const actor = await requireActor(urlWith(path, query))
  const timeZone = timeZoneFrom((await cookies()).get('time-zone')?.value)
  const filters = eventFilters(query, timeZone, Date.now())
  const root = { rootOrganizationId: organizationId }
  const [{ rows, next, previous }, [person], [app]] = await Promise.all([
    shown(listEvents(actor, { ...root, ...filters, cursor: query.after, newerThan: query.before })),
    isId('user', query.person) ? shown(listEventPeople(actor, { ...root, id: query.person })) : [],
    isId('app', query.app) ? shown(listEventApps(actor, { ...root, id: query.app })) : [],
  ])
  const wanted = filtersOfQuery(query)
  const [newest] = rows
  const isFirstPage = !query.after && !query.before
  const open = rows.findIndex(({ eventId }) => eventId === query.event)
  const hrefOf = (eventId: string) =>
    urlWith(path, { ...wanted, after: query.after, before: query.before, event: eventId })
  const beside = (at: number) => (open >= 0 && rows[at] ? hrefOf(rows[at].eventId) : undefined)
  return (
    <>
      <PageHeader
        where="Access Management"
        title="Audit log"
        acts={
          <ButtonLink
            href={urlWith(auditExportPath(organizationId), wanted)}
            icon={<Download aria-hidden />}
            prefetch={false}
          >
            Export
          </ButtonLink>
        }
      />
      <FilterBar
        organizationId={organizationId}
        path={path}
        query={wanted}
        personName={person?.name}
        appName={app?.name}
      />
      {isFirstPage && newest && (
        <NewerNotice
          organizationId={organizationId}
          filters={filters}
          newest={writeCursor([uuidOf(newest.eventId)])}
          href={urlWith(path, wanted)}
        />
      )}
      {rows.length === 0 ? (
        <Nothing path={path} isFiltered={isNarrowed(query)} isPage={!isFirstPage} />
      ) : (
        <EventTable rows={rows} hrefOf={hrefOf} openId={query.event} />
      )}
      <Pager
        label="Pages of events"
        previousHref={previous ? urlWith(path, { ...wanted, before: previous }) : undefined}
        nextHref={next ? urlWith(path, { ...wanted, after: next }) : undefined}
      >
        {!isFirstPage && <TextLink href={urlWith(path, wanted)}>Back to the newest</TextLink>}
      </Pager>
      {query.event && (
        <EventDrawer
          actor={actor}
          organizationId={organizationId}
          eventId={query.event as Id<'event'>}
          closeHref={urlWith(path, { ...wanted, after: query.after, before: query.before })}
          previousHref={beside(open - 1)}
          nextHref={beside(open + 1)}
        />
      )}
    </>
  )
}

function Nothing({ path, isFiltered, isPage }: { path: string; isFiltered: boolean; isPage: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState
        title="No event matches"
        act={<ButtonLink href={path}>Clear search and filters</ButtonLink>}
      >
        The search finds part of the name of what it happened to, as it was called that day.
      </EmptyState>
    )
  }
  if (isPage) return <EmptyState title="Nothing beyond here" />
  return (
    <EmptyState title="Nothing has happened yet">
      Every change in this organization is written here: who made it, through which app, what it was before,
      and from where. Nobody can change or delete a line.
    </EmptyState>
  )
}
