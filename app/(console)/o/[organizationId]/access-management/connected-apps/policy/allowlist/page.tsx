import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { counted } from '#components/connected-apps/app-words'
import { ListSearch } from '#components/connected-apps/list-search'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Notice } from '#components/ui/notice'
import { Pager } from '#components/ui/pager'
import { Toolbar } from '#components/ui/section'
import { TextLink } from '#components/ui/text-link'
import type { Id } from '#lib/base/ids'
import { getPolicy } from '#lib/domain/allowlist/get-policy'
import { listEntries } from '#lib/domain/allowlist/list-entries'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { readUrlQuery, type SearchParams, urlWith } from '../../../../../../url-query.ts'
import { allowlistPath, policyPath } from '../../../../paths.ts'
import { AddApp } from './add-app.tsx'
import { EntryDrawer } from './entry-drawer.tsx'
import { EntryTable } from './entry-table.tsx'
import { findToAdd } from './find-to-add.ts'

export const metadata: Metadata = { title: 'Allowlist' }

type Props = { params: Promise<{ organizationId: Id<'organization'> }>; searchParams: Promise<SearchParams> }

const KEYS = ['q', 'after', 'app', 'add', 'client-id'] as const

/** The application allowlist: which apps members may authorize under Restricted, and for what. */
export default async function AllowlistPage({ params, searchParams }: Props) {
  const { organizationId } = await params
  const query = readUrlQuery(KEYS, await searchParams)
  const path = allowlistPath(organizationId)
  const actor = await requireActor(urlWith(path, query))
  const [policy, list, adding] = await Promise.all([
    shown(getPolicy(actor, organizationId)),
    shown(listEntries(actor, { rootOrganizationId: organizationId, search: query.q, cursor: query.after })),
    query.add ? shown(findToAdd(actor, organizationId, query['client-id'])) : null,
  ])
  const listQuery = { q: query.q, after: query.after }
  const addHref = urlWith(path, listQuery, { add: 'app' })
  const open = list.rows.findIndex((entry) => entry.appId === query.app)
  const hrefOf = (at: number) =>
    list.rows[at] && urlWith(path, { ...listQuery, app: list.rows[at].appId as string })
  const entry = list.rows[open]
  return (
    <>
      {policy.mode !== 'restricted' && policy.entries > 0 && (
        <Notice tone="neutral">
          {policy.mode === 'closed'
            ? 'Nobody may authorize anything new while Closed is in force. The list is kept.'
            : 'Members may authorize any app while Unrestricted is in force. The list is kept.'}{' '}
          <TextLink href={policyPath(organizationId)} underlined>
            Change the mode
          </TextLink>
        </Notice>
      )}
      {policy.entries === 0 && !query.q ? (
        <NoEntries addHref={addHref} />
      ) : (
        <>
          <Toolbar>
            <ListSearch
              label="Search the allowlist"
              placeholder="App, publisher or client ID"
              path={path}
              value={query.q ?? ''}
              className="w-full sm:w-64"
            />
            <p className="ml-auto flex items-center gap-4 text-ink-2">
              <span role="status">{counted(policy.entries, 'app')}</span>
              <ButtonLink href={addHref} scroll={false} icon={<Plus aria-hidden />}>
                Add app
              </ButtonLink>
            </p>
          </Toolbar>
          {list.rows.length === 0 ? (
            <EmptyState title="No entry matches" act={<ButtonLink href={path}>Clear the search</ButtonLink>}>
              Search finds part of an app’s or a publisher’s name, and a whole client ID.
            </EmptyState>
          ) : (
            <EntryTable
              rows={list.rows}
              organizationId={organizationId}
              currentAppId={entry?.appId}
              hrefs={list.rows.map((_, at) => hrefOf(at) ?? path)}
            />
          )}
          <Pager
            label="Pages of the allowlist"
            nextHref={list.next ? urlWith(path, { q: query.q, after: list.next }) : undefined}
            firstHref={query.after ? urlWith(path, { q: query.q }) : undefined}
          >
            {list.next ? `The first ${list.rows.length} shown.` : null}
          </Pager>
        </>
      )}
      {entry && (
        <EntryDrawer
          actor={actor}
          entry={entry}
          organizationId={organizationId}
          closeHref={urlWith(path, listQuery)}
          previousHref={hrefOf(open - 1)}
          nextHref={hrefOf(open + 1)}
        />
      )}
      {adding && <AddApp {...adding} organization={policy.organization} path={path} query={listQuery} />}
    </>
  )
}

function NoEntries({ addHref }: { addHref: string }) {
  return (
    <EmptyState
      title="The allowlist is empty"
      act={
        <ButtonLink variant="primary" href={addHref} scroll={false} icon={<Plus aria-hidden />}>
          Add app
        </ButtonLink>
      }
    >
      Apps that members may authorize under Restricted stand here. Apps in use are put on it when you switch
      to Restricted, others when you approve a request, or when you add them yourself.
    </EmptyState>
  )
}
