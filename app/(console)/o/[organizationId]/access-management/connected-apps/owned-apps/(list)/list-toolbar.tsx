'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState, useTransition } from 'react'
import { ACTS_AS, AUDIENCE, counted, ORIGIN } from '#components/connected-apps/app-words'
import { FilterChip } from '#components/ui/filter-chip'
import { SearchField } from '#components/ui/search-field'
import { Toolbar } from '#components/ui/section'
import { FILTER_KEYS, type FilterKey, type ListQuery, listHref } from '../list-query.ts'

type Props = {
  path: string
  query: ListQuery
  residences: Array<{ id: string; name: string }>
  owners: Array<{ id: string; fullName: string }>
  total: number
}

const TYPING_MILLISECONDS = 250

/** Search and filters. All of it stands in the URL; without script the search is a plain form. */
export function ListToolbar({ path, query, residences, owners, total }: Props) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const go = (change: ListQuery) =>
    startTransition(() => router.replace(listHref(path, query, change), { scroll: false }))
  const filters = filtersOf(residences, owners)
  return (
    <Toolbar count={isPending ? 'Searching…' : counted(total, 'app')}>
      <Search key={query.q === undefined ? 'empty' : 'typed'} path={path} query={query} go={go} />
      {filters.map(({ key, label, options }) => (
        <FilterChip
          key={key}
          label={label}
          options={options}
          value={query[key] ? [query[key]] : []}
          onChange={(chosen) => go({ [key]: chosen.at(-1) })}
        />
      ))}
    </Toolbar>
  )
}

type SearchProps = { path: string; query: ListQuery; go: (change: ListQuery) => void }

function Search({ path, query, go }: SearchProps) {
  const [typed, setTyped] = useState(query.q ?? '')
  const latest = useRef(go)
  latest.current = go
  const wanted = typed.trim() || undefined
  useEffect(() => {
    if (wanted === query.q) return
    const timer = setTimeout(() => latest.current({ q: wanted }), TYPING_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [wanted, query.q])
  return (
    <form
      action={path}
      className="max-sm:w-full"
      onSubmit={(event) => {
        event.preventDefault()
        go({ q: wanted })
      }}
    >
      <SearchField
        label="Search apps"
        name="q"
        placeholder="Name, ID or redirect host"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className="sm:w-54"
      />
      {[...FILTER_KEYS, 'sort' as const].map(
        (key) => query[key] && <input key={key} type="hidden" name={key} value={query[key]} />,
      )}
    </form>
  )
}

type Filter = { key: FilterKey; label: string; options: Array<{ value: string; label: string }> }

function filtersOf(residences: Props['residences'], owners: Props['owners']): Filter[] {
  const all: Filter[] = [
    { key: 'type', label: 'Type', options: fromWords(ACTS_AS) },
    {
      key: 'residence',
      label: 'Residence',
      options: residences.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      key: 'owner',
      label: 'Owner',
      options: owners.map(({ id, fullName }) => ({ value: id, label: fullName })),
    },
    { key: 'secret', label: 'Secret', options: [{ value: 'due', label: 'Should be rotated' }] },
    {
      key: 'state',
      label: 'State',
      options: [
        { value: 'enabled', label: 'Enabled' },
        { value: 'disabled', label: 'Disabled' },
      ],
    },
    { key: 'open', label: 'Who may use it', options: fromWords(AUDIENCE) },
    { key: 'origin', label: 'Created', options: fromWords(ORIGIN) },
  ]
  // A choice of one narrows nothing down.
  return all.filter(({ key, options }) => key === 'secret' || options.length > 1)
}

function fromWords(words: Readonly<Record<string, string>>): Filter['options'] {
  return Object.entries(words).map(([value, label]) => ({ value, label }))
}
