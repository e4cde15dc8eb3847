import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { FormToken } from '#components/forms/form-token'
import { PageHeader } from '#components/shell/page-header'
import { Breadcrumb } from '#components/ui/breadcrumb'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Facts } from '#components/ui/facts'
import { Notice } from '#components/ui/notice'
import { newFormToken } from '#lib/base/form-token'
import { type Id, isId } from '#lib/base/ids'
import { actWords } from '#lib/domain/audit/acts'
import { listEventApps } from '#lib/domain/audit/list-event-apps'
import { listEventPeople } from '#lib/domain/audit/list-event-people'
import { previewExport } from '#lib/domain/audit/preview-export'
import { requireActor } from '#lib/gateways/console/actor'
import { noticeNamed } from '#lib/gateways/console/notice'
import { shown } from '#lib/gateways/console/refuse'
import { timeZoneFrom } from '../../../../../../../components/shell/preferences.ts'
import { type SearchParams, urlWith } from '../../../../../url-query.ts'
import { auditExportPath, auditLogPath } from '../../../paths.ts'
import { actOf, eventFilters, filtersOfQuery, type Query, readQuery, WHEN } from '../list-query.ts'
import { exportAct } from './export-act.ts'
import { ExportForm } from './export-form.tsx'

export const metadata: Metadata = { title: 'Export the audit log' }

type Props = { params: Promise<{ organizationId: Id<'organization'> }>; searchParams: Promise<SearchParams> }

/** What an export will hold, in which form. A plain form that downloads a file; script adds progress and Cancel. */
export default async function ExportPage({ params, searchParams }: Props) {
  const { organizationId } = await params
  const given = await searchParams
  const query = readQuery(given)
  const wanted = filtersOfQuery(query)
  const actor = await requireActor(urlWith(auditExportPath(organizationId), wanted))
  const timeZone = timeZoneFrom((await cookies()).get('time-zone')?.value)
  const root = { rootOrganizationId: organizationId }
  const [{ events }, [person], [app], notice] = await Promise.all([
    shown(previewExport(actor, { ...root, ...eventFilters(query, timeZone, Date.now()) })),
    isId('user', query.person) ? shown(listEventPeople(actor, { ...root, id: query.person })) : [],
    isId('app', query.app) ? shown(listEventApps(actor, { ...root, id: query.app })) : [],
    noticeNamed(given.notice),
  ])
  const back = urlWith(auditLogPath(organizationId), wanted)
  return (
    <>
      <PageHeader
        where={
          <Breadcrumb
            label="Where this page lies"
            steps={[{ label: 'Access Management' }, { label: 'Audit log', href: back }]}
          />
        }
        title="Export the audit log"
      />
      {notice && (
        <Notice tone="bad" isAlert>
          {notice.sentence}
        </Notice>
      )}
      {events === 0 ? (
        <EmptyState
          title="There is nothing to export"
          act={<ButtonLink href={back}>Back to the audit log</ButtonLink>}
        >
          No event matches what you searched and filtered for.
        </EmptyState>
      ) : (
        <ExportForm
          action={`${auditExportPath(organizationId)}/file`}
          backHref={back}
          events={events}
          fields={
            <>
              <FormToken token={newFormToken(exportAct(organizationId), actor.sessionId ?? null)} />
              {Object.entries(wanted).map(([name, value]) => (
                <input key={name} type="hidden" name={name} value={value} />
              ))}
            </>
          }
        >
          <Facts
            facts={[
              { label: 'Events', value: events.toLocaleString('en') },
              ...narrowedBy(query, { person: person?.name, app: app?.name }),
              {
                label: 'On record',
                value: 'That you exported it, with these filters, is written to the audit log.',
              },
            ]}
          />
        </ExportForm>
      )}
    </>
  )
}

function narrowedBy(query: Query, names: { person: string | undefined; app: string | undefined }) {
  const act = actOf(query)
  const days = [query.from && `from ${query.from}`, query.until && `until ${query.until}`].filter(Boolean)
  const time = query.when === 'days' ? days.join(' ') : WHEN[query.when ?? '']?.label
  const facts = [
    { label: 'Search', value: query.q && `“${query.q}”` },
    { label: 'Who', value: names.person },
    { label: 'App', value: names.app },
    { label: 'About', value: act && actWords(act) },
    { label: 'When', value: time },
  ]
  return facts.filter(({ value }) => value)
}
