import { Network } from 'lucide-react'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { MetaDivider, PageHeader } from '#components/shell/page-header'
import { Avatar } from '#components/ui/avatar'
import { Breadcrumb } from '#components/ui/breadcrumb'
import { Chip } from '#components/ui/chip'
import { CopyButton } from '#components/ui/copy-button'
import type { AppDetails } from '#lib/domain/connected-apps/get-app'
import { AppPicture } from '../../../../../../../app-picture.tsx'
import { idsIn } from '../../../../../../../ids-in.ts'
import { connectedAppsPath, ownedAppPath, ownedAppsPath } from '../../../../paths.ts'
import { HELD_ANYWAY } from '../catalogue-scope.ts'
import { AppActs } from './app-acts.tsx'
import { AppTabs } from './app-tabs.tsx'
import { type AppIds, shownApp } from './shown-app.ts'

type Props = { params: Promise<{ organizationId: string; appId: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { organizationId, appId } = await idsIn<AppIds>(params)
  const { name } = await shownApp(organizationId, appId)
  return { title: { default: name, template: `%s · ${name} · Gatehouse` } }
}

/** The head of one app: which it is, how it stands, whose it is; below it its sections. */
export default async function AppLayout({ params, children }: Props & { children: ReactNode }) {
  const { organizationId, appId } = await idsIn<AppIds>(params)
  const app = await shownApp(organizationId, appId)
  const listHref = ownedAppsPath(organizationId)
  return (
    <>
      <div className="relative flex flex-col gap-4">
        <PageHeader
          where={
            <Breadcrumb
              label="Where this app is"
              steps={[
                { label: 'Connected Apps', href: connectedAppsPath(organizationId) },
                { label: 'Owned Apps', href: listHref },
              ]}
            />
          }
          lead={<AppPicture id={app.id} name={app.name} size="huge" />}
          title={app.name}
          marks={<Marks app={app} />}
          meta={<Meta app={app} />}
          acts={
            // On a phone beside the breadcrumb, not on a line of its own.
            <div className="max-sm:absolute max-sm:-top-2 max-sm:right-0">
              <AppActs
                app={movable(app)}
                usage={app.usage}
                isDisabled={app.disabledAt !== null}
                introspects={app.introspectsOrganization}
                mayLetIntrospect={
                  app.clientType === 'server' && app.abilities.includes('connected-apps.let-introspect')
                }
                mayLimitNetworks={app.abilities.includes('installations.limit-networks')}
                mayMove={app.abilities.includes('connected-apps.move')}
                mayDisable={app.abilities.includes('connected-apps.disable')}
                mayDelete={app.abilities.includes('connected-apps.delete')}
                listHref={listHref}
              />
            </div>
          }
        />
        <AppTabs base={ownedAppPath(organizationId, appId)} sections={sectionsOf(app)} />
      </div>
      {children}
    </>
  )
}

/** What the menu's dialogs tell of it, and no more: it goes to the browser. */
function movable({ id, name, version, rootOrganizationId, residence, owner }: AppDetails) {
  return {
    id,
    name,
    version,
    rootOrganizationId,
    residence: { id: residence.id, name: residence.name },
    owner: { fullName: owner.fullName },
  }
}

function sectionsOf(app: AppDetails) {
  return [
    { label: 'General', path: '' },
    {
      label: 'Credentials',
      path: '/credentials',
      count: app.clientType === 'server' ? liveOf(app) : undefined,
    },
    ...(app.actsAs === 'user'
      ? [{ label: 'Redirect URIs', path: '/redirect-uris', count: app.redirectUris.length }]
      : []),
    { label: 'Scopes', path: '/scopes', count: chosenScopesOf(app) },
    ...(app.actsAs === 'user' ? [{ label: 'Authorizations', path: '/authorizations' }] : []),
    { label: 'Activity', path: '/activity' },
  ]
}

/** As many as its page shows. */
function chosenScopesOf({ actsAs, scopes }: AppDetails): number {
  return actsAs === 'itself' ? scopes.filter((scope) => scope !== HELD_ANYWAY).length : scopes.length
}

function liveOf(app: AppDetails): number {
  return app.secrets.filter((secret) => secret.isLive).length
}

function Marks({ app }: { app: AppDetails }) {
  return (
    <>
      {app.disabledAt ? <Chip tone="warn">Disabled</Chip> : <Chip tone="ok">Enabled</Chip>}
      <Chip outline>Internal</Chip>
      {app.origin === 'dynamic-registration' && <Chip outline>Dynamic</Chip>}
    </>
  )
}

function Meta({ app }: { app: AppDetails }) {
  return (
    <>
      <span className="inline-flex min-w-0 items-center gap-1">
        <span className="min-w-0 font-mono text-meta break-all">{app.clientId}</span>
        <CopyButton text={app.clientId} label="Copy client ID" iconOnly />
      </span>
      <span className="max-sm:hidden">
        <MetaDivider />
      </span>
      <span className="inline-flex items-center gap-1.5">
        <Network className="size-3.5 text-muted" aria-hidden />
        <span className="sr-only">Resides in </span>
        {app.residence.name}
      </span>
      <span className="max-sm:hidden">
        <MetaDivider />
      </span>
      <span className="inline-flex items-center gap-1.5">
        <Avatar name={app.owner.fullName} size="tiny" />
        <span className="sr-only">Owned by </span>
        {app.owner.fullName}
      </span>
    </>
  )
}
