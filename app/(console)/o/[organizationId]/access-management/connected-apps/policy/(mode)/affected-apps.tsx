'use client'

import { Download } from 'lucide-react'
import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { useAct } from '#components/forms/use-act'
import { AppTile } from '#components/ui/app-tile'
import { Button } from '#components/ui/button'
import { StatusDot } from '#components/ui/chip'
import { Row, TableBox, Td, Th } from '#components/ui/table'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import type { PreviewedApp } from '#lib/domain/allowlist/preview-policy'
import type { Outcome } from '#lib/domain/allowlist/rules'
import { listApp, unlist } from '../actions.ts'
import { downloadList } from './download-list.ts'
import { OutcomeFilter } from './outcome-filter.tsx'
import { afterSaving, OUTCOME } from './outcome-words.ts'

type Props = { apps: PreviewedApp[]; total: number; organizationId: Id<'organization'> }

const ROWS_AT_FIRST = 50

/** Every app that the change meets, the most used first. One that would need approval can be listed on the spot. */
export function AffectedApps({ apps, total, organizationId }: Props) {
  const [filter, setFilter] = useState<Outcome | null>(null)
  const [isWhole, setWhole] = useState(false)
  const wanted = filter ? apps.filter((app) => app.outcome === filter) : apps
  const rows = isWhole ? wanted : wanted.slice(0, ROWS_AT_FIRST)
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <OutcomeFilter apps={apps} value={filter} onChange={setFilter} />
        <Button
          size="small"
          variant="quiet"
          icon={<Download aria-hidden />}
          onClick={() => downloadList(apps)}
        >
          Download the list
        </Button>
      </div>
      <TableBox label="Apps and what becomes of them">
        <thead>
          <tr>
            <Th>App</Th>
            <Th numeric from="narrow">
              People
            </Th>
            <Th from="narrow">After saving</Th>
            <Th hiddenLabel="Acts" />
          </tr>
        </thead>
        <tbody>
          {rows.map((app) => (
            <AppRows key={app.appId} app={app} organizationId={organizationId} />
          ))}
        </tbody>
      </TableBox>
      {rows.length < wanted.length && (
        <Button size="small" className="self-start" onClick={() => setWhole(true)}>
          Show all {wanted.length}
        </Button>
      )}
      {total > apps.length && (
        <p className="text-meta text-muted">
          The {apps.length} most used of {total.toLocaleString('en')} apps. The numbers above count all.
        </p>
      )}
    </div>
  )
}

function AppRows({ app, organizationId }: { app: PreviewedApp; organizationId: Id<'organization'> }) {
  const [isOpen, setOpen] = useState(false)
  const after = <StatusDot tone={OUTCOME[app.outcome].tone}>{afterSaving(app)}</StatusDot>
  return (
    <>
      <Row className="@max-[26rem]:h-14">
        <Td className="max-w-0 @max-[26rem]:w-full @min-[26rem]:max-w-64">
          <span className="flex items-center gap-2.5">
            <AppTile id={app.appId} name={app.name} size="small" />
            <span className="min-w-0">
              <span className="flex items-baseline gap-2">
                <span className="truncate font-medium">{app.name}</span>
                <span className="truncate text-muted">{app.isInternal ? 'Internal' : app.publisher}</span>
              </span>
              <span className="flex gap-3 text-meta @min-[26rem]:hidden">
                {after}
                <span className="text-muted">{counted(app.people, 'person', 'people')}</span>
              </span>
            </span>
          </span>
        </Td>
        <Td numeric from="narrow">
          {app.people.toLocaleString('en')}
        </Td>
        <Td from="narrow">{after}</Td>
        <Td className="text-right">
          {app.entry !== null && (
            <Button
              size="small"
              variant="quiet"
              aria-expanded={isOpen}
              aria-label={`Scopes of ${app.name}`}
              onClick={() => setOpen(!isOpen)}
            >
              Scopes
            </Button>
          )}
          {app.outcome === 'will-need-approval' && <ListNow app={app} organizationId={organizationId} />}
        </Td>
      </Row>
      {isOpen && (
        <tr>
          <td colSpan={4} className="px-3 pb-3 pl-[2.875rem]">
            <ul aria-label={`Scopes of ${app.name}`} className="flex flex-wrap gap-1">
              {app.entry?.map((scope) => (
                <li key={scope} className="rounded-small bg-subtle px-1.5 font-mono text-meta">
                  {scope}
                </li>
              ))}
            </ul>
          </td>
        </tr>
      )}
    </>
  )
}

function ListNow({ app, organizationId }: { app: PreviewedApp; organizationId: Id<'organization'> }) {
  const named = { rootOrganizationId: organizationId, appId: app.appId }
  const undoing = useAct(unlist)
  const { run, pending } = useAct(listApp, () =>
    toast(`${app.name} is on the allowlist, for all it asks for today.`, { undo: () => undoing.run(named) }),
  )
  return (
    <Button
      size="small"
      variant="quiet"
      pending={pending}
      aria-label={`List ${app.name} now`}
      onClick={() => run({ rootOrganizationId: organizationId, clientId: app.clientId })}
    >
      List it now
    </Button>
  )
}
