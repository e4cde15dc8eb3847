import { linesOf } from '#components/audit/event-changes'
import { shortId } from '#components/connected-apps/app-words'
import { heldWords } from '#components/connected-apps/held-words'
import { ENTRY_ORIGIN } from '#components/connected-apps/policy-words'
import { ScopeTable } from '#components/connected-apps/scope-table'
import { CopyButton } from '#components/ui/copy-button'
import { Drawer } from '#components/ui/drawer'
import { Facts } from '#components/ui/facts'
import { Notice } from '#components/ui/notice'
import { DateTime, RelativeTime } from '#components/ui/relative-time'
import { LineList, Section } from '#components/ui/section'
import { TextLink } from '#components/ui/text-link'
import { countText } from '#lib/base/bounded-count'
import type { Id } from '#lib/base/ids'
import { listed } from '#lib/base/listed'
import { listEntryHistory } from '#lib/domain/allowlist/list-entry-history'
import type { ListedEntry } from '#lib/domain/allowlist/read-entries'
import { getEntryUse } from '#lib/domain/authorizations/get-entry-use'
import { getScopesInWords } from '#lib/domain/connected-apps/get-scopes-in-words'
import type { UserActor } from '#lib/domain/permissions/actor'
import { shown } from '#lib/gateways/console/refuse'
import { AppPicture } from '../../../../../../../app-picture.tsx'
import { urlWith } from '../../../../../../url-query.ts'
import { allowlistPath, allowMoreHref, auditLogPath, groupPath } from '../../../../paths.ts'
import { EntryActs } from './entry-acts.tsx'

type Props = {
  actor: UserActor
  entry: ListedEntry
  organizationId: Id<'organization'>
  closeHref: string
  previousHref?: string
  nextHref?: string
}

/** One entry: what people may grant the app, what it may ask for beyond, how it came to the list. */
export async function EntryDrawer({ actor, entry, organizationId, ...hrefs }: Props) {
  const app = { id: entry.appId, name: entry.name }
  const named = { rootOrganizationId: organizationId, appId: entry.appId }
  const [beyond, use, history] = await Promise.all([
    shown(getScopesInWords(entry.beyond)),
    shown(getEntryUse(actor, named)),
    shown(listEntryHistory(actor, named)),
  ])
  const held = heldWords(entry)
  const isChanged = entry.updatedAt.getTime() !== entry.createdAt.getTime()
  return (
    <Drawer
      label={`Allowlist entry of ${entry.name}`}
      lead={<AppPicture id={entry.appId} name={entry.name} size="large" />}
      title={
        <>
          <h2 className="truncate text-section">{entry.name}</h2>
          <p className="truncate text-muted">{entry.isInternal ? 'Internal' : entry.publisher}</p>
        </>
      }
      {...hrefs}
      foot={
        <EntryActs
          key={entry.entryId}
          app={app}
          organizationId={organizationId}
          scopes={entry.scopes}
          limits={{ endsAt: entry.endsAt, group: entry.group }}
          version={entry.version}
          growHref={beyond.length > 0 ? allowMoreHref(organizationId, entry.clientId) : undefined}
          afterHref={allowlistPath(organizationId)}
        />
      }
    >
      {held && <Notice>{held.sentence}</Notice>}
      <Facts
        facts={[
          {
            label: 'For',
            value: entry.group ? (
              <TextLink href={groupPath(organizationId, entry.group.id)}>{entry.group.name}</TextLink>
            ) : (
              'Everyone'
            ),
          },
          { label: 'Until', value: entry.endsAt ? <DateTime at={entry.endsAt} /> : 'Somebody removes it' },
          { label: 'Used by', value: usedBy(use.people) },
          { label: 'Origin', value: ENTRY_ORIGIN[entry.origin] },
          { label: 'Since', value: <Moment at={entry.createdAt} by={entry.createdBy} /> },
          ...(isChanged
            ? [{ label: 'Last changed', value: <Moment at={entry.updatedAt} by={entry.updatedBy} /> }]
            : []),
          {
            label: 'Client ID',
            value: (
              <span className="flex items-center gap-1">
                <code className="font-mono text-meta">{shortId(entry.clientId)}</code>
                <CopyButton text={entry.clientId} label={`Copy client ID of ${entry.name}`} iconOnly />
              </span>
            ),
          },
        ]}
      />
      <Section title="What people may grant it">
        {entry.scopes.length > 0 ? (
          <ScopeTable label="What people may grant it" scopes={entry.scopes} />
        ) : (
          <p className="text-ink-2">Nothing but to be opened.</p>
        )}
      </Section>
      {use.unused.length > 0 && use.people > 0 && (
        <p className="text-ink-2">
          Nobody has granted {listed(use.unused)} yet. What nobody needs can be taken off by Allow less.
        </p>
      )}
      {entry.beyond.length > 0 && (
        <Section title="What it may ask for beyond that" hint="For these, people have to ask you first.">
          <ScopeTable label="What it may ask for beyond that" scopes={beyond} />
        </Section>
      )}
      <Section title="History">
        <LineList label="History">
          {history.rows.map((event) => (
            <li key={event.eventId}>
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                {event.sentence}
                {linesOf(event).map((line) => (
                  <span key={line} className="block text-meta text-ink-2">
                    {line}
                  </span>
                ))}
              </span>
              <span className="text-meta text-muted">
                <RelativeTime at={event.occurredAt} short />
              </span>
            </li>
          ))}
        </LineList>
        {history.next && (
          <TextLink href={urlWith(auditLogPath(organizationId), { app: entry.appId, act: 'allowlist' })}>
            Older ones in the audit log
          </TextLink>
        )}
      </Section>
    </Drawer>
  )
}

function usedBy(people: number): string {
  if (people === 0) return 'Nobody yet'
  return people === 1 ? 'One person' : `${countText(people)} people`
}

function Moment({ at, by }: { at: Date; by: string | null }) {
  return (
    <>
      <DateTime at={at} />
      {by && `, by ${by}`}
    </>
  )
}
