'use client'

import { useRouter } from 'next/navigation'
import { useMemo, useTransition } from 'react'
import { ListSearch } from '#components/connected-apps/list-search'
import { ChoiceChip } from '#components/ui/choice-chip'
import { FindChip } from '#components/ui/find-chip'
import { useMoreFilters } from '#components/ui/more-filters'
import { Toolbar } from '#components/ui/section'
import { urlWith } from '../../../../../url-query.ts'
import { findScope } from '../find-scope.ts'
import { lastUseChoices, lastUseWords } from './last-use.ts'
import { type FilterKey, ofList, type Query } from './list-query.ts'

type Props = {
  path: string
  organizationId: string
  query: Query
  /** How many match, in words. */
  count: string
}

const RISK = { high: 'High', medium: 'Medium', low: 'Low' } as const
const LISTING = {
  listed: 'Listed',
  'asks-more': 'Listed, asks more',
  internal: 'Internal',
  'not-listed': 'Not listed',
} as const
const KIND = { internal: 'Ours', foreign: 'Of other organizations' } as const
const STATE = {
  working: 'Working',
  frozen: 'Frozen',
  disabled: 'Disabled',
  'held-to-networks': 'Held to networks',
} as const
const FIRST = {
  '7': 'Within 7 days',
  '30': 'Within 30 days',
  '90': 'Within 90 days',
  '365': 'Within a year',
} as const

/** Filters that few look for: they stand in the toolbar once somebody wants them. */
const MORE = { kind: 'Publisher', state: 'State', first: 'First authorized' } as const

/** Search and filters of the list by app. All of it stands in the URL; without script the search is a plain form. */
export function AuthorizationsToolbar({ path, organizationId, query, count }: Props) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const list = ofList(query)
  const go = (change: Query) =>
    startTransition(() =>
      router.replace(urlWith(path, { ...list, after: undefined }, change), { scroll: false }),
    )
  const { isSeen, menu } = useMoreFilters(MORE, (key) => query[key] !== undefined)
  const { q, after: _, ...kept } = list
  const scopes = useMemo(() => findScope(organizationId), [organizationId])
  const choice = (key: FilterKey, label: string, words: Readonly<Record<string, string>>) => (
    <ChoiceChip label={label} words={words} value={query[key]} onChange={(value) => go({ [key]: value })} />
  )
  return (
    <Toolbar count={isPending ? 'Searching…' : count}>
      <ListSearch
        label="Search authorizations"
        placeholder="App, publisher or person"
        path={path}
        kept={kept}
        value={q ?? ''}
        className="w-full sm:w-56"
      />
      <FindChip
        label="Scope"
        chosen={query.scope ?? null}
        find={scopes}
        placeholder="Find by words or name"
        empty="No scope matches."
        onChange={(scope) => go({ scope })}
      />
      {choice('risk', 'Risk', RISK)}
      {choice('listing', 'Allowlist', LISTING)}
      <FindChip
        label="Last use"
        chosen={lastUseWords(query.use)}
        find={async (typed) => lastUseChoices(typed)}
        placeholder="Or a number of days"
        empty="Type a number of days, 3,650 at most."
        onChange={(use) => go({ use })}
      />
      {isSeen('kind') && choice('kind', MORE.kind, KIND)}
      {isSeen('state') && choice('state', MORE.state, STATE)}
      {isSeen('first') && choice('first', MORE.first, FIRST)}
      {menu}
    </Toolbar>
  )
}
