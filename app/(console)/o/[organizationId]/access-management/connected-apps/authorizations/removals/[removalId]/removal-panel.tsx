'use client'

import { counted } from '#components/connected-apps/app-words'
import { JwtsCountdown } from '#components/connected-apps/jwts-countdown'
import { CopyButton } from '#components/ui/copy-button'
import { Facts } from '#components/ui/facts'
import { Notice } from '#components/ui/notice'
import { DateTime, RelativeTime } from '#components/ui/relative-time'
import { Section } from '#components/ui/section'
import { Row, TableBox, Td, Th } from '#components/ui/table'
import { TextLink } from '#components/ui/text-link'
import type { Removal, RemovedOfApp } from '#lib/domain/installations/get-removal'
import { authorizationsPath } from '../../../../../paths.ts'
import { RemovalFigures } from '../../removal-figures.tsx'
import { standingAfter } from '../../removal-words.ts'
import { useRemoval } from '../../use-removal.ts'

type Props = { organizationId: string; initial: Removal }

/** What ended, who did it and when, what holds since; counted on while one looks. */
export function RemovalPanel({ organizationId, initial }: Props) {
  const asked = useRemoval(organizationId, initial.removalId, initial)
  const removal = asked.data ?? initial
  const { removalId, kind, removedAt, removedBy, isBlocked, isEntryRemoved, isCounted, parts, partsTotal } =
    removal
  const isByPerson = kind === 'people'
  return (
    <>
      <RemovalFigures removal={removal} />
      <p role="status" className="text-ink-2">
        {isCounted
          ? 'Counted to the end.'
          : 'All of it has ended. What it was is being counted; you may leave this page.'}
      </p>
      {asked.isError && !isCounted && (
        <Notice tone="neutral">
          How far the count is cannot be read at the moment. It goes on meanwhile.
        </Notice>
      )}
      <JwtsCountdown at={removal.jwtsUntil} />
      <Facts
        facts={[
          { label: 'Removed by', value: removedBy },
          {
            label: 'When',
            value: (
              <>
                <DateTime at={removedAt} withTime /> <RelativeTime at={removedAt} className="text-muted" />
              </>
            ),
          },
          ...(kind === 'app' || kind === 'apps'
            ? [{ label: 'Also blocked', value: isBlocked ? 'Yes' : 'No' }]
            : []),
          ...(kind === 'app' ? [{ label: 'Also unlisted', value: isEntryRemoved ? 'Yes' : 'No' }] : []),
          { label: 'Since then', value: standingAfter(removal) },
          {
            label: 'Receipt',
            value: (
              <span className="flex h-5 items-center gap-1">
                <code className="truncate font-mono text-meta">{removalId}</code>
                <CopyButton text={removalId} label="Copy the receipt’s ID" iconOnly />
              </span>
            ),
          },
        ]}
      />
      <Section title="What ended">
        <TableBox label="What ended">
          <thead>
            <tr>
              <Th>{isByPerson ? 'Person' : 'App'}</Th>
              <Th numeric from="narrow">
                Authorizations
              </Th>
              <Th numeric>Families</Th>
              <Th numeric>Tokens</Th>
            </tr>
          </thead>
          <tbody>
            {parts.map((part) => (
              <PartRow
                key={`${part.app.id} ${part.person?.id ?? ''}`}
                part={part}
                isByPerson={isByPerson}
                href={`${authorizationsPath(organizationId)}?app=${part.app.id}`}
              />
            ))}
          </tbody>
        </TableBox>
        {partsTotal > parts.length && (
          <p className="text-meta text-muted">
            {kind === 'people' ? counted(partsTotal, 'person', 'people') : counted(partsTotal, 'app')}; the
            first {parts.length} are shown.
          </p>
        )}
      </Section>
    </>
  )
}

function PartRow({ part, isByPerson, href }: { part: RemovedOfApp; isByPerson: boolean; href: string }) {
  const { app, person, authorizations, families, tokens } = part
  return (
    <Row>
      <Td className="max-w-0 w-full truncate">
        <TextLink href={href}>{app.name}</TextLink>
        {person && isByPerson && <span className="text-ink-2"> · {person.name}</span>}
      </Td>
      <Td numeric from="narrow">
        {authorizations.toLocaleString('en')}
      </Td>
      <Td numeric>{families.toLocaleString('en')}</Td>
      <Td numeric>{tokens.toLocaleString('en')}</Td>
    </Row>
  )
}
