import { heldWords } from '#components/connected-apps/held-words'
import { ENTRY_ORIGIN } from '#components/connected-apps/policy-words'
import { Chip } from '#components/ui/chip'
import { DateTime } from '#components/ui/relative-time'
import { RiskBars } from '#components/ui/risk-bars'
import { NameCell, Row, RowLink, TableBox, Td, Th } from '#components/ui/table'
import type { Id } from '#lib/base/ids'
import type { ListedEntry } from '#lib/domain/allowlist/read-entries'
import { AppPicture } from '../../../../../../../app-picture.tsx'
import { EntryMenu } from './entry-menu.tsx'

type Props = {
  rows: readonly ListedEntry[]
  organizationId: Id<'organization'>
  currentAppId?: string
  /** Where each row's details are. */
  hrefs: readonly string[]
}

/** One row an entry. On a phone two lines say what the columns say elsewhere. */
export function EntryTable({ rows, organizationId, currentAppId, hrefs }: Props) {
  return (
    <TableBox label="Application allowlist">
      <thead>
        <tr>
          <Th>App</Th>
          <Th from="narrow">Risk</Th>
          <Th from="narrow" numeric>
            Scopes
          </Th>
          <Th from="wide">Origin</Th>
          <Th from="medium">Since</Th>
          <Th from="wide">Until</Th>
          <Th hiddenLabel="Acts" className="w-10" />
        </tr>
      </thead>
      <tbody>
        {rows.map((entry, at) => (
          <Row key={entry.entryId} current={entry.appId === currentAppId} className="@max-[30rem]:h-14">
            <Td className="max-w-0 @max-[30rem]:w-full @min-[30rem]:max-w-72">
              <NameCell
                lead={<AppPicture id={entry.appId} name={entry.name} />}
                name={
                  <RowLink
                    href={hrefs[at] ?? ''}
                    scroll={false}
                    aria-current={entry.appId === currentAppId || undefined}
                    className="truncate"
                  >
                    {entry.name}
                  </RowLink>
                }
                marks={
                  <>
                    <Held entry={entry} />
                    {entry.beyond.length > 0 && (
                      <span className="@max-[26rem]:hidden">
                        <Chip outline>May ask more</Chip>
                      </span>
                    )}
                  </>
                }
                detail={
                  <span className="block truncate">
                    {entry.isInternal ? 'Internal' : entry.publisher}
                    {entry.group && ` · for ${entry.group.name}`}
                    <span className="@min-[26rem]:hidden"> · {scopesOf(entry)}</span>
                  </span>
                }
              />
            </Td>
            <Td from="narrow">
              <span className="flex">
                <RiskBars level={entry.risk} />
              </span>
            </Td>
            <Td from="narrow" numeric>
              {entry.scopes.length}
            </Td>
            <Td from="wide">{ENTRY_ORIGIN[entry.origin]}</Td>
            <Td from="medium" muted>
              <DateTime at={entry.createdAt} />
            </Td>
            <Td from="wide" muted>
              {entry.endsAt ? <DateTime at={entry.endsAt} /> : '–'}
            </Td>
            <Td className="relative z-1 text-right">
              <EntryMenu
                app={{ id: entry.appId, name: entry.name, clientId: entry.clientId }}
                organizationId={organizationId}
                href={hrefs[at] ?? ''}
                mayGrow={entry.beyond.length > 0}
              />
            </Td>
          </Row>
        ))}
      </tbody>
    </TableBox>
  )
}

/** Listed, and yet it does nothing here at the moment. */
function Held({ entry }: { entry: ListedEntry }) {
  const held = heldWords(entry)
  return held && <Chip tone={held.tone}>{held.word}</Chip>
}

function scopesOf(entry: ListedEntry): string {
  return entry.scopes.length === 1 ? '1 scope' : `${entry.scopes.length} scopes`
}
