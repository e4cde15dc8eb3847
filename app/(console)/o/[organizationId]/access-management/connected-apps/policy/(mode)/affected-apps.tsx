'use client'

import { Download } from 'lucide-react'
import { useRouter, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { AppTile } from '#components/ui/app-tile'
import { Button } from '#components/ui/button'
import { StatusDot } from '#components/ui/chip'
import { Row, TableBox, Td, Th } from '#components/ui/table'
import { toast } from '#components/ui/toast'
import type { PreviewedApp } from '#lib/domain/allowlist/preview-policy'
import type { Outcome } from '#lib/domain/allowlist/rules'
import { OutcomeFilter } from './outcome-filter.tsx'
import { afterSaving, OUTCOME } from './outcome-words.ts'

type Props = { apps: PreviewedApp[]; total: number }

const ROWS_AT_FIRST = 50

/** What writes the file comes with the press. */
async function download(apps: readonly PreviewedApp[]) {
  try {
    const { downloadList } = await import('./download-list.ts')
    downloadList(apps)
  } catch (thrown) {
    toast('The list could not be written. Check your connection and try again.')
    reportError(thrown)
  }
}

/** Every app that the change meets, the most used first. One that would need approval can be listed from here. */
export function AffectedApps({ apps, total }: Props) {
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
          aria-label="Download the list"
          icon={<Download aria-hidden />}
          onClick={() => download(apps)}
        >
          Download
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
            <AppRows key={app.appId} app={app} />
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

function AppRows({ app }: { app: PreviewedApp }) {
  const [isOpen, setOpen] = useState(false)
  const after = (
    <StatusDot tone={OUTCOME[app.outcome].tone}>
      <span className="whitespace-normal">{afterSaving(app)}</span>
    </StatusDot>
  )
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
        <Td from="narrow" wrap>
          {after}
        </Td>
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
          {app.outcome === 'will-need-approval' && <ListIt app={app} />}
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

/** Opens the choice of scopes over the preview: listing is an act of its own, and not part of the save. */
function ListIt({ app }: { app: PreviewedApp }) {
  const router = useRouter()
  const query = useSearchParams()
  return (
    <Button
      size="small"
      variant="quiet"
      aria-label={`List ${app.name}…`}
      onClick={() =>
        router.replace(`?${new URLSearchParams([...query, ['list', app.clientId]])}`, { scroll: false })
      }
    >
      List it…
    </Button>
  )
}
