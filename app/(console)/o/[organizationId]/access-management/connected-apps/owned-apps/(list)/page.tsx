import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { counted } from '#components/connected-apps/app-words'
import { SelectionProvider } from '#components/connected-apps/selection'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Pager } from '#components/ui/pager'
import { TextLink } from '#components/ui/text-link'
import { countText } from '#lib/base/bounded-count'
import type { Id } from '#lib/base/ids'
import { countOwnedApps } from '#lib/domain/connected-apps/count-owned-apps'
import { getRotationDue } from '#lib/domain/connected-apps/get-rotation-due'
import { listBulkRotations } from '#lib/domain/connected-apps/list-bulk-rotations'
import { listOwnedApps } from '#lib/domain/connected-apps/list-owned-apps'
import { getOrganization } from '#lib/domain/organizations/get-organization'
import { listOrganizationsOf } from '#lib/domain/organizations/list-organizations-of'
import { mayCreateApps } from '#lib/domain/organizations/rules'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import type { SearchParams } from '../../../../../../url-query.ts'
import { bulkRotationPath, ownedAppsPath, rotateManyPath } from '../../../../paths.ts'
import { isNarrowed, type ListQuery, listHref, listInput, matchingOf, readQuery } from '../list-query.ts'
import { AppTable } from './app-table.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { CreationClosed } from './creation-closed.tsx'
import { ListToolbar } from './list-toolbar.tsx'
import { OpenRotations } from './open-rotations.tsx'
import { RotationDue } from './rotation-due.tsx'

export const metadata: Metadata = { title: 'Owned Apps' }

type Props = { params: Promise<{ organizationId: Id<'organization'> }>; searchParams: Promise<SearchParams> }

/** The apps that the organization owns, as far as the person may see them. */
export default async function OwnedAppsPage({ params, searchParams }: Props) {
  const { organizationId } = await params
  const query = readQuery(await searchParams)
  const path = ownedAppsPath(organizationId)
  const actor = await requireActor(listHref(path, query, query))
  const [list, counts, organization, organizations] = await Promise.all([
    shown(listOwnedApps(actor, listInput(organizationId, query))),
    // What the other pages hold is counted once, with the first.
    shown(countOwnedApps(actor, { organizationId, ...matchingOf(query) })),
    shown(getOrganization(actor, organizationId)),
    shown(listOrganizationsOf(actor)),
  ])
  const mayRotate = organization.abilities.includes('connected-apps.rotate-many')
  const [due, rotations] = await Promise.all([
    mayRotate && counts.rotationDue > 0 ? shown(getRotationDue(actor, organizationId)) : null,
    mayRotate ? shown(listBulkRotations(actor, organizationId)) : [],
  ])
  const createHref = mayCreateApps(organization) ? `${path}/new` : undefined
  if (counts.total === 0 && !isNarrowed(query)) {
    return (
      <>
        <CreationClosed organization={organization} />
        <NoApps createHref={createHref} />
      </>
    )
  }

  const residences = organizations.filter(
    ({ rootOrganizationId, role }) => rootOrganizationId === organization.root.id && role !== 'member',
  )
  const { after: _, sort: __, ...narrowed } = query
  return (
    <SelectionProvider
      listKey={listHref(path, narrowed, {})}
      organizationId={organizationId}
      matching={matchingOf(query)}
      shown={list.apps.map(({ id }) => id)}
      total={counts.total}
    >
      <CreationClosed organization={organization} />
      <OpenRotations rotations={rotations} hrefOf={({ id }) => bulkRotationPath(organizationId, id)} />
      {due && (
        <RotationDue
          count={counts.rotationDue}
          due={due}
          showHref={query.secret === 'due' ? undefined : listHref(path, {}, { secret: 'due' })}
          rotateHref={`${rotateManyPath(organizationId)}?which=due`}
        />
      )}
      <ListToolbar
        path={path}
        organizationId={organizationId}
        query={query}
        residences={residences}
        ownerName={list.apps.find(({ owner }) => owner.id === query.owner)?.owner.fullName ?? null}
        count={`${countText(counts.total)} ${counts.total === 1 ? 'app' : 'apps'}`}
      />
      {list.apps.length === 0 ? (
        <NoMatch href={path} />
      ) : (
        <AppTable apps={list.apps} path={path} query={query} organizationId={organizationId} />
      )}
      {list.apps.length > 0 && (
        <Pager
          label="Pages of apps"
          nextHref={list.next ? listHref(path, query, { after: list.next }) : undefined}
          firstHref={query.after ? listHref(path, query, {}) : undefined}
        >
          <PagerWords path={path} query={query} shown={list.apps.length} total={counts.total} />
        </Pager>
      )}
      <BulkBar
        organizationId={organizationId}
        total={counts.total}
        mayDisable={list.apps.some(({ abilities }) => abilities.includes('connected-apps.disable'))}
        mayChangeOwner={organization.abilities.includes('connected-apps.change-owner')}
        mayRotate={list.apps.some(({ abilities }) => abilities.includes('connected-apps.rotate-secret'))}
        rotatePath={rotateManyPath(organizationId)}
        rotateAllHref={rotateAllHref(organizationId, query)}
      />
    </SelectionProvider>
  )
}

/** All that match stand in the address by what they match. */
function rotateAllHref(organizationId: Id<'organization'>, { sort: _, after: __, ...query }: ListQuery) {
  const path = rotateManyPath(organizationId)
  if (!isNarrowed(query)) return `${path}?which=all`
  return `${path}?${new URLSearchParams({ which: 'matching', ...query })}`
}

function NoApps({ createHref }: { createHref?: string }) {
  return (
    <EmptyState
      title="No apps yet"
      act={
        createHref && (
          <ButtonLink variant="primary" href={createHref} icon={<Plus aria-hidden />}>
            Create app
          </ButtonLink>
        )
      }
    >
      Apps that this organization registers stand here: who owns them, how their secrets stand and when they
      were last used. An app gets its client ID and secret when it is created.
    </EmptyState>
  )
}

function NoMatch({ href }: { href: string }) {
  return (
    <EmptyState title="No app matches" act={<ButtonLink href={href}>Clear search and filters</ButtonLink>}>
      Search finds part of a name, of a client ID or of the host of a redirect URI. One or two letters find
      names that begin with them.
    </EmptyState>
  )
}

type PagerWordsProps = { path: string; query: ListQuery; shown: number; total: number }

function PagerWords({ path, query, shown: rows, total }: PagerWordsProps) {
  if (rows < total) return <>The first {rows} shown.</>
  if (!isNarrowed(query)) return <>All {counted(total, 'app')} shown.</>
  return (
    <>
      {total === 1 ? 'The one match is shown.' : `All ${counted(total, 'match', 'matches')} shown.`}{' '}
      <TextLink href={path}>Clear the filter</TextLink> to see every app.
    </>
  )
}
