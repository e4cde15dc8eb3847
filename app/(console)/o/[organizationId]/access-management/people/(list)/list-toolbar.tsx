'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { ROLE } from '#components/connected-apps/app-words'
import { ListSearch } from '#components/connected-apps/list-search'
import { FilterChip } from '#components/ui/filter-chip'
import { Toolbar } from '#components/ui/section'
import { PERSON_STATE } from '#components/users/people-words'
import { type FilterKey, type ListQuery, listHref } from '../list-query.ts'

type Props = {
  path: string
  query: ListQuery
  /** The business groups below, to narrow the list down to one. */
  groups: Array<{ id: string; name: string }>
  /** Where those stand who are invited: not among the people yet. */
  invitedHref?: string
  /** How many match, in words. */
  count: string
}

const INVITED = 'invited'

/** Search and filters. All of it stands in the URL; without script the search is a plain form. */
export function ListToolbar({ path, query, groups, invitedHref, count }: Props) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const go = (key: FilterKey, value: string | undefined) =>
    startTransition(() => {
      if (key === 'state' && value === INVITED && invitedHref) router.push(invitedHref)
      else router.replace(listHref(path, query, { [key]: value }), { scroll: false })
    })
  const { q, after: _, ...kept } = query
  return (
    <Toolbar count={isPending ? 'Searching…' : count}>
      <ListSearch
        label="Search people"
        placeholder="Name, username or e-mail"
        path={path}
        kept={kept}
        value={q ?? ''}
        className="w-full sm:w-64"
      />
      {filtersOf(groups, invitedHref !== undefined).map(({ key, label, options }) => (
        <FilterChip
          key={key}
          label={label}
          options={options}
          value={query[key] ? [query[key]] : []}
          onChange={(chosen) => go(key, chosen.at(-1))}
        />
      ))}
    </Toolbar>
  )
}

type Filter = { key: FilterKey; label: string; options: Array<{ value: string; label: string }> }

function filtersOf(groups: Props['groups'], knowsInvited: boolean): Filter[] {
  const states = fromWords(PERSON_STATE)
  const all: Filter[] = [
    { key: 'role', label: 'Role', options: fromWords(ROLE) },
    {
      key: 'place',
      label: 'Business group',
      options: groups.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      key: 'state',
      label: 'State',
      options: knowsInvited ? [...states, { value: INVITED, label: 'Invited' }] : states,
    },
  ]
  return all.filter(({ options }) => options.length > 0)
}

function fromWords(words: Readonly<Record<string, string>>): Filter['options'] {
  return Object.entries(words).map(([value, label]) => ({ value, label }))
}
