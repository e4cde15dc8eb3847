'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useDeferredValue, useState, useTransition } from 'react'
import { ListSearch } from '#components/connected-apps/list-search'
import { Button } from '#components/ui/button'
import type { ComboboxOption } from '#components/ui/combobox'
import { FilterChip } from '#components/ui/filter-chip'
import { SearchChip } from '#components/ui/search-chip'
import { Toolbar } from '#components/ui/section'
import { TextField } from '#components/ui/text-field'
import { ACTS, actWords, isNoun, NOUNS, nounOf } from '#lib/domain/audit/acts'
import { readApi } from '../../../../read-api.ts'
import { type UrlQuery, urlWith } from '../../../../url-query.ts'
import { type FilterKey, WHEN } from './list-query.ts'

type Filters = UrlQuery<FilterKey>
type Props = {
  organizationId: string
  path: string
  query: Filters
  /** The person and the app that are chosen, by name. */
  person: ComboboxOption | undefined
  app: ComboboxOption | undefined
}

/** What narrows the log down. All of it stands in the URL; without script the search and the days are plain forms. */
export function FilterBar({ organizationId, path, query, person, app }: Props) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const go = (change: Filters) =>
    startTransition(() => router.replace(urlWith(path, query, change), { scroll: false }))
  const { q, ...kept } = query
  const about = isNoun(query.about) ? query.about : undefined
  const acts = about ? ACTS.filter((name) => nounOf(name) === about) : []
  return (
    <div className="flex flex-col gap-2">
      <Toolbar count={isPending ? 'Searching…' : undefined}>
        <ListSearch
          label="Search the audit log"
          placeholder="Name of an app or a person"
          path={path}
          kept={kept}
          value={q ?? ''}
          className="max-sm:w-full sm:w-56"
        />
        <FoundChip
          label="Who"
          placeholder="Name or username"
          from={`/organizations/${organizationId}/event-people`}
          chosen={person}
          onChange={(value) => go({ person: value })}
        />
        <FoundChip
          label="App"
          placeholder="Name of an app"
          from={`/organizations/${organizationId}/event-apps`}
          chosen={app}
          onChange={(value) => go({ app: value })}
        />
        <FilterChip
          label="About"
          options={NOUNS.map((noun) => ({ value: noun, label: actWords(noun) }))}
          value={about ? [about] : []}
          onChange={(chosen) => go({ about: chosen.at(-1), act: undefined })}
        />
        {acts.length > 1 && (
          <FilterChip
            label="Act"
            options={acts.map((name) => ({ value: name, label: actWords(name) }))}
            value={query.act ? [query.act] : []}
            onChange={(chosen) => go({ act: chosen.at(-1) })}
          />
        )}
        <FilterChip
          label="When"
          options={[
            ...Object.entries(WHEN).map(([value, { label }]) => ({ value, label })),
            { value: 'days', label: 'Between two days' },
          ]}
          value={query.when ? [query.when] : []}
          onChange={(chosen) => go({ when: chosen.at(-1), from: undefined, until: undefined })}
        />
      </Toolbar>
      {query.when === 'days' && <Days path={path} query={query} />}
    </div>
  )
}

type FoundChipProps = {
  label: string
  placeholder: string
  /** The list of our API that is searched. */
  from: string
  chosen: ComboboxOption | undefined
  onChange: (value: string | undefined) => void
}

type Found = { id: string; name: string; username?: string; publisher?: string; isDeleted?: boolean }

function FoundChip({ label, placeholder, from, chosen, onChange }: FoundChipProps) {
  const [typed, setTyped] = useState<string>()
  const search = useDeferredValue(typed?.trim())
  const found = useQuery({
    queryKey: [from, search],
    queryFn: () => readApi<{ data: Found[] }>(`${from}?search=${encodeURIComponent(search ?? '')}`),
    enabled: search !== undefined,
    placeholderData: keepPreviousData,
  })
  const options = (found.data?.data ?? []).map(({ id, name, username, publisher, isDeleted }) => ({
    value: id,
    label: name,
    hint: isDeleted ? 'Deleted' : (username ?? publisher),
  }))
  return (
    <SearchChip
      label={label}
      chosen={chosen}
      onChange={onChange}
      options={options}
      onSearch={setTyped}
      placeholder={placeholder}
      empty={
        found.isError
          ? 'The search could not be reached. Type again to try once more.'
          : found.isPending
            ? 'Searching…'
            : 'Nothing here is called that.'
      }
    />
  )
}

/** Two days of one's own, each whole and in one's own time zone; either may be left open. */
function Days({ path, query }: { path: string; query: Filters }) {
  const { from, until, ...kept } = query
  return (
    <form action={path} className="flex flex-wrap items-end gap-2">
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <TextField label="From" type="date" name="from" defaultValue={from} fieldClassName="w-40" />
      <TextField label="Until" type="date" name="until" defaultValue={until} fieldClassName="w-40" />
      <Button type="submit">Show</Button>
    </form>
  )
}
