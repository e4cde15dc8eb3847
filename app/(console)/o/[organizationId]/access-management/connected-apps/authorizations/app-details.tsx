import { shortId } from '#components/connected-apps/app-words'
import { ScopeTable } from '#components/connected-apps/scope-table'
import { AppTile } from '#components/ui/app-tile'
import { CopyButton } from '#components/ui/copy-button'
import { Drawer } from '#components/ui/drawer'
import { Facts, Figures } from '#components/ui/facts'
import { Notice } from '#components/ui/notice'
import { DateTime, RelativeTime } from '#components/ui/relative-time'
import { Section } from '#components/ui/section'
import { countText } from '#lib/base/bounded-count'
import type { Id } from '#lib/base/ids'
import { isRefusal } from '#lib/base/refusal'
import { type AuthorizedApp, getAuthorizedApp } from '#lib/domain/authorizations/get-authorized-app'
import type { UserActor } from '#lib/domain/permissions/actor'
import { urlWith } from '../../../../../url-query.ts'
import { authorizationsPath } from '../../../paths.ts'
import { AppPeople } from './app-people.tsx'
import { AppState } from './app-state.tsx'
import { DetailsFoot } from './details-foot.tsx'
import { ofList, type Query } from './list-query.ts'

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
  const details = await detailsOrNone(getAuthorizedApp(actor, { rootOrganizationId: organizationId, appId }))
  // A link to an app that was deleted meanwhile still shows the list.
  if (!details) return null
  const { app, scopes } = details
  return (
    <Drawer
      label={`Details of ${app.name}`}
      lead={<AppTile id={app.id} name={app.name} size="large" />}
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
            isListed: details.entryScopes !== null,
          }}
          isFrozen={details.isFrozen}
          isBlocked={details.isBlocked}
        />
      }
    >
      {heldBy(details) && <Notice>{heldBy(details)}</Notice>}
      <Figures
        figures={[
          { label: 'People', value: countText(details.people) },
          { label: 'Token families', value: countText(details.families) },
          { label: 'Tokens', value: countText(details.tokens) },
        ]}
      />
      <Facts
        columns={2}
        facts={[
          { label: 'First use', value: <DateTime at={details.firstUsedAt} /> },
          { label: 'Last use', value: <RelativeTime at={details.lastUsedAt} /> },
          { label: 'Allowlist', value: <AppState app={{ listing: details.listing }} /> },
          {
            label: 'Client ID',
            value: (
              <span className="flex h-5 items-center gap-1">
                <code className="font-mono text-meta">{shortId(app.clientId)}</code>
                <CopyButton text={app.clientId} label={`Copy client ID of ${app.name}`} iconOnly />
              </span>
            ),
          },
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
    </Drawer>
  )
}

async function detailsOrNone(asked: Promise<AuthorizedApp>): Promise<AuthorizedApp | null> {
  try {
    return await asked
  } catch (thrown) {
    if (isRefusal(thrown) && thrown.code === 'not-found') return null
    throw thrown
  }
}

function heldBy({ app, isBlocked, isFrozen }: AuthorizedApp): string | null {
  if (isBlocked) return 'It is blocked: nobody here can authorize it until someone unblocks it.'
  if (isFrozen) return 'It is frozen: its tokens do not work here until someone unfreezes it.'
  if (app.isDisabled)
    return 'Its publisher has disabled it: its tokens work nowhere until it is enabled again.'
  return null
}

function hostOf(website: string | null): string | null {
  return website && URL.canParse(website) ? new URL(website).host : null
}
