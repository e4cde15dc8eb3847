import { counted, shortId } from '#components/connected-apps/app-words'
import { heldWords } from '#components/connected-apps/held-words'
import { ENTRY_ORIGIN } from '#components/connected-apps/policy-words'
import { ScopeTable } from '#components/connected-apps/scope-table'
import { CopyButton } from '#components/ui/copy-button'
import { Drawer } from '#components/ui/drawer'
import { Facts } from '#components/ui/facts'
import { Notice } from '#components/ui/notice'
import { DateTime, RelativeTime } from '#components/ui/relative-time'
import { Section } from '#components/ui/section'
import type { Id } from '#lib/base/ids'
import { type AuthorizedApp, getAuthorizedApp } from '#lib/domain/authorizations/get-authorized-app'
import type { UserActor } from '#lib/domain/permissions/actor'
import { orNone, shown } from '#lib/gateways/console/refuse'
import { AppPicture } from '../../../../../../app-picture.tsx'
import { urlWith } from '../../../../../url-query.ts'
import { authorizationsPath } from '../../../paths.ts'
import { AppFigures } from './app-figures.tsx'
import { AppPeople } from './app-people.tsx'
import { AppRemovals } from './app-removals.tsx'
import { AppState } from './app-state.tsx'
import { DetailsFoot } from './details-foot.tsx'
import { ofList, type Query } from './list-query.ts'
import { NetworksFact } from './networks-fact.tsx'

type Props = {
  actor: UserActor
  organizationId: Id<'organization'>
  appId: Id<'app'>
  query: Query
  previousHref?: string
  nextHref?: string
}

/** Everything about one app here: numbers, facts, what it can do, its people, their token families. */
export async function AppDetails({ actor, organizationId, appId, query, ...beside }: Props) {
  const details = await shown(orNone(getAuthorizedApp(actor, { rootOrganizationId: organizationId, appId })))
  // A link to an app that was deleted meanwhile still shows the list.
  if (!details) return null
  const { app, scopes } = details
  return (
    <Drawer
      label={`Details of ${app.name}`}
      lead={<AppPicture id={app.id} name={app.name} size="large" />}
      title={
        <>
          <h2 className="truncate text-section">{app.name}</h2>
          <p className="truncate text-muted">
            {app.isInternal ? 'Internal' : app.publisher}
            {hostOf(app.website) && <span className="text-ink"> · {hostOf(app.website)}</span>}
          </p>
        </>
      }
      closeHref={urlWith(authorizationsPath(organizationId), ofList(query))}
      {...beside}
      foot={
        <DetailsFoot
          organizationId={organizationId}
          app={{
            id: app.id,
            name: app.name,
            clientId: app.clientId,
            people: details.people,
            isFrozen: details.isFrozen,
            isListed: details.entry !== null,
          }}
          isBlocked={details.isBlocked}
        />
      }
    >
      <Standing details={details} />
      <AppFigures actor={actor} organizationId={organizationId} appId={app.id} people={details.people} />
      <Facts
        columns={2}
        facts={[
          { label: 'First use', value: <DateTime at={details.firstUsedAt} /> },
          { label: 'Last use', value: <RelativeTime at={details.lastUsedAt} /> },
          {
            label: 'Client ID',
            value: (
              <span className="flex h-5 items-center gap-1">
                <code className="font-mono text-meta">{shortId(app.clientId)}</code>
                <CopyButton text={app.clientId} label={`Copy client ID of ${app.name}`} iconOnly />
              </span>
            ),
          },
          ...(app.owner ? [{ label: 'Owner', value: app.owner }] : []),
          {
            label: 'Networks',
            value: (
              <NetworksFact
                app={{ id: app.id, name: app.name, people: details.people }}
                limit={details.networks}
              />
            ),
            isWide: true,
          },
          { label: 'Allowlist', value: <Listed details={details} />, isWide: true },
        ]}
      />
      {app.description && <p className="text-ink-2">{app.description}</p>}
      {details.people > 0 ? (
        <>
          <Section
            title="What it can do"
            acts={
              <p className="text-muted">
                {scopes.length} {scopes.length === 1 ? 'scope' : 'scopes'}
              </p>
            }
          >
            {scopes.length > 0 ? (
              <ScopeTable label="What it can do" scopes={scopes} />
            ) : (
              <p className="text-ink-2">Nothing but be opened: people granted it no scope.</p>
            )}
          </Section>
          <AppPeople
            actor={actor}
            organizationId={organizationId}
            app={{ id: app.id, name: app.name, people: details.people }}
            query={query}
          />
        </>
      ) : (
        <p className="text-ink-2">
          Nobody’s authorization of it stands at the moment, so it can do nothing here.
        </p>
      )}
      <AppRemovals actor={actor} organizationId={organizationId} appId={app.id} />
    </Drawer>
  )
}

/** What holds it up, or keeps new people out. */
function Standing({ details: { app, isBlocked, isFrozen, listing, people } }: { details: AuthorizedApp }) {
  const held = heldWords({ isBlocked, isFrozen, isDisabled: app.isDisabled })
  if (held) return <Notice>{held.sentence}</Notice>
  if (listing !== 'not-listed' || people === 0) return null
  return (
    <Notice tone="warn">
      It is not on the allowlist. Whoever authorized it before keeps it; nobody new can until it is listed.
    </Notice>
  )
}

/** What the allowlist says of it, and who let it in, when and how. */
function Listed({ details: { listing, entry } }: { details: AuthorizedApp }) {
  return (
    <>
      <span className="flex flex-wrap gap-x-2">
        <AppState app={{ listing }} />
        {entry && <span className="text-muted">{counted(entry.scopes.length, 'scope')}</span>}
      </span>
      {entry && (
        <span className="block text-ink-2">
          {ENTRY_ORIGIN[entry.origin]} · {entry.by ?? 'Gatehouse'}, <DateTime at={entry.since} />
        </span>
      )}
    </>
  )
}

function hostOf(website: string | null): string | null {
  return website && URL.canParse(website) ? new URL(website).host : null
}
