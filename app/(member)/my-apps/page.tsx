import type { Metadata } from 'next'
import { ListSearch } from '#components/connected-apps/list-search'
import { PageHeader } from '#components/shell/page-header'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Meter } from '#components/ui/meter'
import { Notice } from '#components/ui/notice'
import { Pager } from '#components/ui/pager'
import { Section } from '#components/ui/section'
import { listMyAuthorizations } from '#lib/domain/authorizations/list-my-authorizations'
import { listOrganizationsOf } from '#lib/domain/organizations/list-organizations-of'
import { currentSession, requireActor } from '#lib/gateways/console/actor'
import { noticeNamed } from '#lib/gateways/console/notice'
import { shown } from '#lib/gateways/console/refuse'
import { MyApp } from './my-app.tsx'

export const metadata: Metadata = { title: 'My apps' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** What a person has allowed: each app, what it can do in words, since when, when last used, and the way to take it back. */
export default async function MyAppsPage({ searchParams }: Props) {
  const query = await searchParams
  const actor = await requireActor('/my-apps')
  const cursor = typeof query.after === 'string' ? query.after : null
  const search = typeof query.q === 'string' ? query.q.trim().slice(0, 200) : ''
  const { rows, next, nearLimit } = await shown(listMyAuthorizations(actor, { cursor, search }))
  const isMany = cursor !== null || next !== null || search !== ''
  const isOperatorAlone =
    (await currentSession())?.isOperator === true && (await shown(listOrganizationsOf(actor))).length === 0
  const notice = await noticeNamed(query.notice)
  const hasSeveralOrganizations = new Set(rows.map(({ organization }) => organization.id)).size > 1
  return (
    <div className="flex w-full max-w-2xl flex-col gap-4 break-words">
      <PageHeader title="My apps" meta={<p>{introduction(rows.length, isMany)}</p>} />
      {notice && <Notice tone="ok">{notice.sentence}</Notice>}
      {nearLimit.length > 0 && (
        <ul className="flex flex-col gap-1">
          {nearLimit.map(({ organization, live, max }) => (
            <li key={organization.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Meter value={live} max={max} words={`${live} of ${max} apps at ${organization.name}`} />
              {live >= max && <span className="text-ink-2">Take one back to authorize another.</span>}
            </li>
          ))}
        </ul>
      )}
      {isOperatorAlone && (
        <Section title="You run this deployment">
          <p className="text-ink-2">
            As an operator you look after Gatehouse itself: its keys, its updates, its backups. You see
            nothing inside organizations; who may act there is up to their own administrators.
          </p>
        </Section>
      )}
      {isMany && (
        <ListSearch label="Search my apps" placeholder="App or publisher" path="/my-apps" value={search} />
      )}
      {rows.length === 0 && search !== '' ? (
        <EmptyState
          title="No app of that name acts for you"
          act={<ButtonLink href="/my-apps">Show all</ButtonLink>}
        >
          Search finds part of an app’s or a publisher’s name.
        </EmptyState>
      ) : rows.length === 0 ? (
        <EmptyState title="No app acts for you">
          When you sign in to an app with Gatehouse and allow it to act for you, it stands here, and you can
          take it back here.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {rows.map((row) => (
            <MyApp
              key={row.authorizationId}
              authorization={row}
              hasSeveralOrganizations={hasSeveralOrganizations}
              sessionId={actor.sessionId ?? null}
            />
          ))}
        </ul>
      )}
      {(cursor || next) && (
        <Pager
          label="Pages of my apps"
          previousHref={cursor ? pageHref(search) : undefined}
          nextHref={next ? pageHref(search, next) : undefined}
        />
      )}
    </div>
  )
}

function pageHref(search: string, after?: string): string {
  const query = new URLSearchParams({ ...(search && { q: search }), ...(after && { after }) })
  return query.size > 0 ? `/my-apps?${query}` : '/my-apps'
}

function introduction(count: number, isPaged: boolean): string {
  if (count === 0 && !isPaged) return 'You decide which apps act for you, and how long.'
  if (isPaged) return 'These apps may act for you. You decide how long.'
  return `${count === 1 ? 'One app' : `${count} apps`} may act for you. You decide how long.`
}
