import { shortId } from '#components/connected-apps/app-words'
import { heldWords } from '#components/connected-apps/held-words'
import { ENTRY_ORIGIN } from '#components/connected-apps/policy-words'
import { ScopeTable } from '#components/connected-apps/scope-table'
import { CopyButton } from '#components/ui/copy-button'
import { Drawer } from '#components/ui/drawer'
import { Facts } from '#components/ui/facts'
import { Notice } from '#components/ui/notice'
import { DateTime } from '#components/ui/relative-time'
import { Section } from '#components/ui/section'
import type { Id } from '#lib/base/ids'
import type { ListedEntry } from '#lib/domain/allowlist/list-entries'
import { getScopesInWords } from '#lib/domain/connected-apps/get-scopes-in-words'
import { AppPicture } from '../../../../../../../app-picture.tsx'
import { allowlistPath, allowMoreHref } from '../../../../paths.ts'
import { EntryActs } from './entry-acts.tsx'

type Props = {
  entry: ListedEntry
  organizationId: Id<'organization'>
  closeHref: string
  previousHref?: string
  nextHref?: string
}

/** One entry: what people may grant the app, what it may ask for beyond, how it came to the list. */
export async function EntryDrawer({ entry, organizationId, ...hrefs }: Props) {
  const app = { id: entry.appId, name: entry.name }
  const beyond = await getScopesInWords(entry.beyond)
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
          growHref={beyond.length > 0 ? allowMoreHref(organizationId, entry.clientId) : undefined}
          afterHref={allowlistPath(organizationId)}
        />
      }
    >
      {held && <Notice>{held.sentence}</Notice>}
      <Facts
        facts={[
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
      {entry.beyond.length > 0 && (
        <Section title="What it may ask for beyond that" hint="For these, people have to ask you first.">
          <ScopeTable label="What it may ask for beyond that" scopes={beyond} />
        </Section>
      )}
    </Drawer>
  )
}

function Moment({ at, by }: { at: Date; by: string | null }) {
  return (
    <>
      <DateTime at={at} />
      {by && `, by ${by}`}
    </>
  )
}
