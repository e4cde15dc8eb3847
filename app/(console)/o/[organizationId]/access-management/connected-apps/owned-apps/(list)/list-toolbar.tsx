'use client'

import { ArrowUpDown } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useMemo, useTransition } from 'react'
import { ACTS_AS, AUDIENCE, ORIGIN, SECRET_STANDING } from '#components/connected-apps/app-words'
import { ListSearch } from '#components/connected-apps/list-search'
import { Button } from '#components/ui/button'
import { ChoiceChip } from '#components/ui/choice-chip'
import { ChoiceMenu } from '#components/ui/choice-menu'
import { FilterChip } from '#components/ui/filter-chip'
import { FindChip } from '#components/ui/find-chip'
import { useMoreFilters } from '#components/ui/more-filters'
import { Toolbar } from '#components/ui/section'
import { findScope } from '../../find-scope.ts'
import { type FilterKey, type ListQuery, listHref, residencesIn, type Sort, sortOf } from '../list-query.ts'
import { findHost, findOwner } from './find-filters.ts'

type Props = {
  path: string
  organizationId: string
  query: ListQuery
  residences: Array<{ id: string; name: string }>
  /** The name of the owner that the list is filtered by. */
  ownerName: string | null
  /** How many match, in words. */
  count: string
}

const SORT: Readonly<Record<Sort, string>> = {
  name: 'Name',
  'last-used': 'Last used',
  created: 'Newest first',
}

/** Filters that few look for: they stand in the toolbar once somebody wants them. */
const MORE = { host: 'Redirect host', open: 'Who may use it', origin: 'How it came' } as const

/** Search, filters and order. All of it stands in the URL; without script the search is a plain form. */
export function ListToolbar({ path, organizationId, query, residences, ownerName, count }: Props) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const go = (change: ListQuery) =>
    startTransition(() => router.replace(listHref(path, query, change), { scroll: false }))
  const { isSeen, menu } = useMoreFilters(MORE, (key) => query[key] !== undefined)
  const { q, after: _, ...kept } = query
  const finders = useMemo(
    () => ({ owner: findOwner(organizationId), scope: findScope(organizationId) }),
    [organizationId],
  )
  const choice = (key: FilterKey, label: string, words: Readonly<Record<string, string>>) => (
    <ChoiceChip label={label} words={words} value={query[key]} onChange={(value) => go({ [key]: value })} />
  )
  return (
    <Toolbar>
      <ListSearch
        label="Search apps"
        placeholder="Name, ID or redirect host"
        path={path}
        kept={kept}
        value={q ?? ''}
        className="max-sm:w-full sm:w-54"
      />
      {residences.length > 1 && (
        <FilterChip
          label="Residence"
          options={residences.map(({ id, name }) => ({ value: id, label: name }))}
          value={residencesIn(query) ?? []}
          onChange={(chosen) => go({ residence: chosen.join(',') || undefined })}
        />
      )}
      {choice('type', 'Type', ACTS_AS)}
      <FindChip
        label="Owner"
        chosen={query.owner ? (ownerName ?? 'Somebody else') : null}
        find={finders.owner}
        placeholder="Name or username"
        empty="Nobody of that name owns an app here."
        onChange={(owner) => go({ owner })}
      />
      {choice('secret', 'Secret', SECRET_STANDING)}
      <FindChip
        label="Scope"
        chosen={query.scope ?? null}
        find={finders.scope}
        placeholder="Find by words or name"
        empty="No scope matches."
        onChange={(scope) => go({ scope })}
      />
      {choice('state', 'State', { enabled: 'Enabled', disabled: 'Disabled' })}
      {isSeen('host') && (
        <FindChip
          label="Redirect host"
          chosen={query.host ?? null}
          find={findHost}
          placeholder="app.example.com"
          empty="Type a host, or a part of one."
          onChange={(host) => go({ host })}
        />
      )}
      {isSeen('open') && choice('open', MORE.open, AUDIENCE)}
      {isSeen('origin') && choice('origin', MORE.origin, ORIGIN)}
      {menu}
      <div className="ml-auto flex items-center gap-2">
        <ChoiceMenu
          label="Order"
          options={Object.entries(SORT).map(([value, label]) => ({ value, label }))}
          value={sortOf(query)}
          onChange={(sort) => go({ sort: sort === 'name' ? undefined : sort })}
          trigger={
            <Button
              variant="quiet"
              icon={<ArrowUpDown aria-hidden />}
              aria-label={`Order: ${SORT[sortOf(query)]}`}
              className="px-2"
            >
              {/* Of an order by a column, its head says so. */}
              {sortOf(query) === 'created' && SORT.created}
            </Button>
          }
        />
        <p role="status" className="text-ink-2">
          {isPending ? 'Searching…' : count}
        </p>
      </div>
    </Toolbar>
  )
}
